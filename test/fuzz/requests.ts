// Requests of one route of the OpenAPI document, at random: as it has them, and each spoiled in one place.
import fc from 'fast-check';
import type { Schema } from '../../docs/made/schema-rows.ts';
import { organisationId, message as salesforceMessage, sObject } from '../sources/salesforce-messages.ts';
import { canary, spoiled, spoiledBytes } from './spoil.ts';
import { known, signed, type Target, writeKey } from './target.ts';
import { arbitraryOf, type Known } from './valid.ts';

export interface Operation {
  operationId: string;
  security: readonly Readonly<Record<string, unknown>>[];
  parameters?: readonly { name: string; in: 'path' | 'query'; schema: Schema }[];
  requestBody?: { content: Readonly<Record<string, { schema: Schema }>> };
  responses: Readonly<Record<string, { content?: Readonly<Record<string, { schema: object }>> }>>;
}
export interface Fired {
  path: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Buffer | undefined;
}

const values: Known = {
  ...{ by: ['ops@demo.example'], why: ['It is so.'], lead: [...known.emails, ...known.leads] },
  ...{ a: [known.emails[0]], b: [known.emails[1]], accountId: known.accounts, connection: ['crm', 'hubspot'] },
  ...{ into: ['1', '2'], from: ['3'], email: [...known.emails, 'new@acme.example'], to: ['ada@demo.example'] },
  ...{ occurredAt: ['2026-01-01T10:00:00Z'], reason: ['no-budget', 'bad-data'], userId: ['u1'], anonymousId: ['v1'] },
  ...{ event: ['Demo Requested'], previousId: ['v0'], form: [{ id: 'demo-request', answers: {} }], company: ['Acme'] },
};
const formFields: Schema = {
  type: 'object',
  required: ['email'],
  properties: {
    email: { type: 'string' },
    company: { type: 'string', maxLength: 40 },
    'first-name': { type: 'string', maxLength: 40 },
    timeframe: { enum: ['this-quarter', 'this-year', 'just-looking'] },
    consent: { enum: ['on', 'off', true, false] },
    _visitor: { type: 'string', maxLength: 40 },
  },
};

type Linked = Pick<Target, 'links'>;

/** What stands in the path: something that is there, or nothing known. */
const pathValues = ({ links }: Linked): Readonly<Record<string, readonly string[]>> => ({
  '/forms/{formId}': ['demo-request', 'newsletter'],
  '/crm/{source}': ['crm', 'crm', 'crm', 'hubspot'],
  '/crm/{source}/{secret}': [`sf/${known.salesforceSecret}`],
  '/act/{token}': [links.good, links.bad, links.good, links.expired],
  '/api/accounts/{id}': known.accounts,
  '/api/leads/{id}': known.leads,
  '/operations/{id}': ['op_feed01'],
  '/api/crm-requests/{id}': ['ask_feed01'],
});
const oddSegments = [
  ...['nobody', '%', '%zz', '%00', '%2e%2e%2f', '__proto__', 'constructor', '%F0%9F%A7%91', '..', `${canary}`],
  ...['a'.repeat(3_000), 'op_', 'acct_', '%c3%28', "'--", '{}', 'toString'],
];

const urlOf = (target: Linked, path: string, operation: Operation): fc.Arbitrary<string> => {
  const there = pathValues(target)[path];
  const odd = fc.constantFrom(...oddSegments);
  const inPath = path.includes('{')
    ? fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom(...(there ?? ['nobody'])) },
        { weight: 2, arbitrary: path.endsWith('{secret}') ? odd.map((one) => `sf/${one}`) : odd },
      )
    : fc.constant('');
  const query = fc
    .tuple(
      ...(operation.parameters ?? [])
        .filter((parameter) => parameter.in === 'query')
        .map(({ name, schema }) =>
          fc.oneof(
            { weight: 3, arbitrary: fc.constant('') },
            {
              weight: 4,
              arbitrary: arbitraryOf(schema, {}).map(
                (value) => `${name}=${encodeURIComponent(String(value).toWellFormed())}`,
              ),
            },
            {
              weight: 1,
              arbitrary: fc.constantFrom(
                `${name}=%`,
                `${name}=`,
                `${name}=${canary}`,
                `${name}=a&${name}=b`,
                `${name}=%00`,
              ),
            },
          ),
        ),
    )
    .map((parts) => parts.filter(Boolean).join('&'));
  return fc
    .tuple(inPath, query)
    .map(([part, text]) => path.replace(/\{.*/, '') + part + (text === '' ? '' : `?${text}`));
};

const fieldText = (value: unknown): string =>
  String(typeof value === 'object' ? JSON.stringify(value) : value).toWellFormed();

const part = ([name, value]: readonly [string, string]): string =>
  `--edge\r\ncontent-disposition: form-data; name="${name.replaceAll(/["\r\n]/g, '')}"\r\n\r\n${value}\r\n`;

const encoded = (type: string, document: unknown): Buffer => {
  const fields = Object.entries(document ?? {}).map(([name, value]): [string, string] => [
    name.toWellFormed(),
    fieldText(value),
  ]);
  if (type === 'application/x-www-form-urlencoded') return Buffer.from(new URLSearchParams(fields).toString());
  if (type === 'multipart/form-data') return Buffer.from(`${fields.map(part).join('')}--edge--\r\n`);
  return Buffer.from(JSON.stringify(document) ?? '');
};

const soap = fc
  .tuple(fc.constantFrom('Lead', 'Contact', 'Account', 'Thing'), fc.string({ unit: 'grapheme-ascii', maxLength: 20 }))
  .map(([type, text]) =>
    salesforceMessage(
      [sObject(type, { Email: 'bea@acme.example', LastName: text.replaceAll(/[<&>]/g, '') })],
      organisationId,
    ),
  );

interface Body {
  type: string;
  bytes: Buffer;
}
/** Urlencoded hits are JSON by another name, as some clients send them. */
const isForm = (path: string): boolean => path.startsWith('/forms/') || path.startsWith('/act/');

const bodyOf = (path: string, { requestBody }: Operation): fc.Arbitrary<Body | undefined> => {
  if (requestBody === undefined) return fc.constant(undefined);
  const [types, schema] = [Object.keys(requestBody.content), Object.values(requestBody.content)[0]!.schema];
  const document = path.endsWith('{secret}')
    ? soap
    : arbitraryOf(path.startsWith('/forms/') ? formFields : schema, values).map((one) =>
        path.startsWith('/v1/') ? { ...(one as object), writeKey } : one,
      );
  const either = fc.oneof(
    { weight: 5, arbitrary: document },
    {
      weight: 4,
      arbitrary: path.endsWith('{secret}')
        ? soap.map((text) => text.replace('bea@', `${canary}@`))
        : document.chain(spoiled),
    },
  );
  return fc.tuple(fc.constantFrom(...types), either, fc.nat(9)).chain(([type, one, chance]) => {
    const bytes =
      typeof one === 'string' && path.endsWith('{secret}')
        ? Buffer.from(one)
        : encoded(isForm(path) ? type : 'application/json', one);
    const kept = fc.constant({ type: type === 'multipart/form-data' ? `${type}; boundary=edge` : type, bytes });
    return chance > 0 ? kept : spoiledBytes(bytes).map((broken) => ({ type, bytes: broken }));
  });
};

const oddHeaders: readonly Record<string, string>[] = [
  { 'content-type': 'application/xml' },
  { 'content-type': 'multipart/form-data' },
  { 'content-type': '' },
  { 'content-encoding': 'br' },
  { 'content-encoding': 'gzip' },
  { accept: 'text/html' },
  { origin: `https://${canary}.example` },
  { 'x-long': canary.repeat(400) },
  { 'x-amzn-trace-id': canary },
  { authorization: `Basic ${canary}` },
  { authorization: `Bearer ${canary}` },
  { authorization: 'Bearer' },
  { 'sec-gpc': '1' },
  { 'user-agent': canary },
  { 'x-forwarded-for': `${canary}, 127.0.0.1` },
  { referer: `javascript:${canary}` },
];

/** Who calls: somebody who may mostly, else somebody else or nobody. */
const callerOf = ({ security }: Operation): fc.Arbitrary<string | undefined> => {
  const right = security.flatMap((one) => Object.keys(one)).filter((name) => name.endsWith('Token'));
  if (right.length === 0) return fc.constant(undefined);
  const may = right.map((name) => known.tokens[name.replace('Token', '') as keyof typeof known.tokens]);
  return fc.oneof(
    { weight: 7, arbitrary: fc.constantFrom(...may, known.users[1]) },
    { weight: 2, arbitrary: fc.constantFrom(undefined, ...Object.values(known.tokens), ...known.users) },
  );
};

export const requestsOf = (target: Linked, path: string, method: string, operation: Operation): fc.Arbitrary<Fired> =>
  fc
    .record({
      url: urlOf(target, path, operation),
      body: bodyOf(path, operation),
      caller: callerOf(operation),
      odd: fc.oneof(
        { weight: 6, arbitrary: fc.constant({}) },
        { weight: 1, arbitrary: fc.constantFrom(...oddHeaders) },
      ),
      other: fc.oneof({ weight: 40, arbitrary: fc.constant(method) }, fc.constantFrom('PUT', 'DELETE', 'PATCH')),
      id: fc.uuid(),
      isSigned: fc.nat(9).map((chance) => chance > 0),
    })
    .map(({ url, body, caller, odd, other, id, isSigned }) => ({
      ...{ path, method: other.toUpperCase(), url, body: body?.bytes },
      headers: {
        ...(body && { 'content-type': body.type }),
        ...(caller !== undefined && { authorization: `Bearer ${caller}` }),
        ...(path === '/crm/{source}' && isSigned && signed(body?.bytes ?? Buffer.alloc(0), id)),
        ...odd,
      },
    }));
