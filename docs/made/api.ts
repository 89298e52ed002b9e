// Reference of the API, from the table of routes.

import { openApiDocument } from '../../functions/http/openapi/document.ts';
import type { ApiRoute } from '../../functions/http/openapi/route.ts';
import { routes } from '../../functions/http/openapi/routes.ts';
import { permissions, tokensFor } from '../../lib/domain/access.ts';
import { type Schema, tableOf } from './schema-rows.ts';

interface Operation {
  parameters?: readonly { name: string; in: string; description?: string; schema: Schema }[];
  requestBody?: { content: Readonly<Record<string, { schema: Schema }>> };
  responses: Readonly<Record<string, { description: string; content?: Readonly<Record<string, { schema: Schema }>> }>>;
}

const proofs: Readonly<Record<string, string>> = {
  origin: 'Anybody: a form on a site the tenant allows.',
  'write-key': 'Whoever has a write key, by Basic authentication or in the body.',
  'webhook-signature': 'A Standard Webhooks signature; of a connection to a CRM that CRM’s own proof.',
  'secret-in-path': 'The secret in the address.',
  'signed-link': 'The link is signed.',
};

const callerOf = ({ caller }: ApiRoute): string => {
  const permission = permissions.find((one) => one === caller);
  if (permission === undefined) return proofs[caller] ?? 'Anybody.';
  return `A ${tokensFor(permission).join(' or ')} token, or whoever may \`${permission}\`.`;
};

const { paths } = openApiDocument();

const section = (route: ApiRoute): string => {
  const operation = paths[route.path]![route.method] as Operation;
  const parameters = (operation.parameters ?? []).map(
    ({ name, in: place, description = '' }) => `| \`${name}\` | in the ${place} | ${description} |`,
  );
  const body = Object.entries(operation.requestBody?.content ?? {});
  const answers = Object.entries(operation.responses).map(
    ([status, { description, content = {} }]) =>
      `| ${status} | ${description} | ${Object.keys(content)
        .map((type) => `\`${type}\``)
        .join(', ')} |`,
  );
  const schema = body[0]?.[1].schema;
  return [
    `## ${route.method.toUpperCase()} ${route.path}`,
    `${route.what} ${callerOf(route)}`,
    ...(parameters.length === 0 ? [] : [['| parameter | | |', '| --- | --- | --- |', ...parameters].join('\n')]),
    ...(schema === undefined
      ? []
      : [`The body, as ${body.map(([type]) => `\`${type}\``).join(', ')}:`, tableOf(schema)]),
    ['| answer | | |', '| --- | --- | --- |', ...answers].join('\n'),
  ].join('\n\n');
};

export const apiPage = (): string => `# The API

Made of the table of routes, as is [openapi.json](openapi.json), an OpenAPI 3.1 document; \`npm run docs\` makes both anew. Every refusal is
\`application/problem+json\` (RFC 9457) and names each field; to a person who sent a form from a browser it is a page. Bodies end at 64 KB,
batches at 100.

${routes.map(section).join('\n\n')}
`;
