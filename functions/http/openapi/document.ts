// The API as an OpenAPI 3.1 document, made of the table of routes and the schemas it names.
import * as z from 'zod';
import { permissions, tokensFor } from '../../../lib/domain/access.ts';
import { answers } from './answers.ts';
import type { ApiAnswer, ApiRoute } from './route.ts';
import { routes } from './routes.ts';

const isPermission = (caller: ApiRoute['caller']): caller is (typeof permissions)[number] =>
  permissions.some((permission) => permission === caller);

/** What JSON Schema has no word for is said in the text of the refusal. */
const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): object => {
  const { $schema: _, ...plain } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      // The only custom one reads a bag of whatever the tenant sends along.
      if (zodSchema._zod.def.type === 'custom') jsonSchema.type = 'object';
      // The format says it, and its pattern would be half of the document.
      if (io === 'input' && jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
  return plain;
};

const refusals: Readonly<Record<number, string>> = {
  400: 'It cannot be read, or fields cannot be accepted; each is named.',
  401: 'Nobody calls whom we know.',
  403: 'They may not.',
  404: 'There is none, or none that the caller may know of.',
  405: 'Not by this method.',
  410: 'It was there, and has run out.',
  413: 'More than is taken at once.',
  415: 'Not in this content type or encoding.',
  422: 'It can be read, and is not wanted.',
  429: 'Too many requests; on AWS alone.',
  503: 'Nothing was accepted; the same may succeed soon.',
};

const problemContent = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
const page = { 'text/html': { schema: { type: 'string' } } };

const always = [400, 405, 429, 503] as const;

const statusesOf = ({ caller, refusals: own }: ApiRoute): number[] => {
  const open = ['origin', 'signed-link', 'none'];
  const known = isPermission(caller) ? [401, 403] : open.includes(caller) ? [] : [401];
  return [...new Set<number>([...always, ...known, ...own])].sort();
};

const refusalsOf = (route: ApiRoute) =>
  Object.fromEntries(
    statusesOf(route).map((status) => {
      const isLookedAt = route.pages === true || route.caller === 'origin';
      const content = { ...problemContent, ...(isLookedAt && page) };
      return [String(status), { description: refusals[status]!, content }];
    }),
  );

const contentOf = ({ json }: ApiAnswer, { caller }: ApiRoute) => {
  if (json === undefined) return caller === 'secret-in-path' ? { 'text/xml': { schema: { type: 'string' } } } : page;
  return { 'application/json': { schema: schemaOf(json, 'output') }, ...(caller === 'origin' && page) };
};

const answersOf = (route: ApiRoute) =>
  Object.fromEntries(
    route.answers.map((answer) => [
      String(answer.status),
      answer.status === 303
        ? {
            description: answer.what,
            headers: { location: { description: 'The form’s redirect.', schema: { type: 'string' } } },
          }
        : { description: answer.what, content: contentOf(answer, route) },
    ]),
  );

const securityOf = ({ caller }: ApiRoute): object[] => {
  if (isPermission(caller)) return [...tokensFor(caller).map((kind) => ({ [`${kind}Token`]: [] })), { user: [] }];
  if (caller === 'write-key') return [{ writeKey: [] }, {}];
  return caller === 'webhook-signature' ? [{ webhookSignature: [] }] : [];
};

const parametersOf = ({ path, query = [] }: ApiRoute): object[] => [
  ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    ...{ name, in: 'path', required: true, schema: { type: 'string' } },
  })),
  ...query.map(({ name, what, schema }) => ({ name, in: 'query', description: what, schema })),
];

const bodyOf = ({ body }: ApiRoute) =>
  body && {
    required: true,
    content: Object.fromEntries(
      body.types.map((type) => [
        type,
        { schema: body.schema === undefined ? { type: 'string' } : schemaOf(body.schema, 'input') },
      ]),
    ),
  };

const operationOf = (route: ApiRoute) => {
  const parameters = parametersOf(route);
  const requestBody = bodyOf(route);
  return {
    operationId: route.id,
    summary: route.what,
    ...(isPermission(route.caller) && { description: `Whoever may \`${route.caller}\`.` }),
    security: securityOf(route),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: { ...answersOf(route), ...refusalsOf(route) },
  };
};

const bearer = (description: string) => ({ type: 'http', scheme: 'bearer', description });

const securitySchemes = {
  readToken: bearer('Whoever may look; secret `muster/<tenant>/read`.'),
  decisionToken: bearer('Whoever may decide; secret `muster/<tenant>/decisions`.'),
  operatorToken: bearer('Whoever may mend and erase; secret `muster/<tenant>/operators`.'),
  user: { ...bearer('What somebody got who signed in; their groups say what they may.'), bearerFormat: 'JWT' },
  writeKey: {
    ...{ type: 'http', scheme: 'basic' },
    description: 'The tenant’s write key as the user, no password; or the field `writeKey` of the body.',
  },
  webhookSignature: {
    ...{ type: 'apiKey', in: 'header', name: 'webhook-signature' },
    description:
      'Standard Webhooks: `v1,` and the HMAC of id, time and body; `webhook-id` and `webhook-timestamp` beside it.',
  },
};

export const openApiDocument = () => {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Muster',
      version: '1',
      description: 'What is told to Muster, asked of it and done by it. Bodies end at 64 KB, batches at 100.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'The address that `npm start` prints as API, or the stack’s output.' }],
    paths,
    components: { securitySchemes, schemas: { Problem: schemaOf(answers.problem, 'output') } },
  };
};

/** As it is published, docs/reference/openapi.json. */
export const openApiText = (): string => `${JSON.stringify(openApiDocument(), null, 2)}\n`;
