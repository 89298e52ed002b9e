// A connection to a CRM, as the tenant file has it under `crm`: what kind it is, and what its deliveries are checked against.
import * as z from 'zod';

const isLoopback = (url: string): boolean => /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/.test(url);

/** Nobody on the way may read the credentials that go there, or what the CRM sends. */
const safeUrl = z
  .url({ protocol: /^https?$/ })
  .refine(
    (url) => url.startsWith('https:') || isLoopback(url),
    'must begin with https://, unless it is this very machine',
  );

const publicUrl = safeUrl
  .optional()
  .describe('Where the CRM sends to, up to the path, if it is not the API’s own address: HubSpot signs it.');

const apiUrl = safeUrl.optional().describe('Where the CRM’s API is, if not at the vendor’s usual address.');

const property = z.string().min(1).max(100);
const properties = z.partialRecord(z.enum(['status', 'reason', 'grade', 'score', 'id']), property);
const writeBack = z
  .strictObject({
    person: properties.default({}).describe('Of a person’s record: what is written, and the property it goes to.'),
    account: properties.default({}).describe('The same of an account’s.'),
  })
  .optional()
  .describe('Into which of the CRM’s properties our judgement goes; without it nothing is written there.');

const connection = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('signed') }),
  z.strictObject({
    kind: z.literal('hubspot'),
    portalId: z.number().int().positive().describe('The account’s number: events of others are refused.'),
    publicUrl,
    ...{ apiUrl, writeBack },
  }),
  z
    .strictObject({
      kind: z.literal('salesforce'),
      organisationId: z
        .string()
        .regex(/^00D[a-zA-Z0-9]{15}$/, 'must be the 18 characters of an organisation id, which begins with 00D')
        .describe('The organisation: events of others are refused.'),
      eventSource: z
        .string()
        .regex(/^aws\.partner\/salesforce\.com\/.+$/, 'must be the name of a partner event source of Salesforce')
        .optional()
        .describe('The partner event source on EventBridge that carries Change Data Capture.'),
      ...{ apiUrl, writeBack },
    })
    .refine(({ writeBack, apiUrl }) => writeBack === undefined || apiUrl !== undefined, {
      path: ['apiUrl'],
      message: 'is needed to write to Salesforce: the organisation’s My Domain',
    }),
  z.strictObject({
    kind: z.literal('pipedrive'),
    companyId: z.number().int().positive().describe('The company’s number: webhooks of others are refused.'),
    ...{ apiUrl, writeBack },
  }),
]);
export type Connection = z.infer<typeof connection>;

/** By the name they post to: `/crm/<name>`. */
export const connections = z.record(
  z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'must be small letters, digits or hyphens'),
  connection,
);

/** Those whose CRM has an API that is asked and told. */
export const withApi = (all: Readonly<Record<string, Connection>>): string[] =>
  Object.keys(all).filter((name) => {
    const one = all[name]!;
    // Salesforce's API has no usual address: there is one for each organisation.
    return one.kind === 'salesforce' ? one.apiUrl !== undefined : one.kind !== 'signed';
  });

/** Whether any CRM is told what is judged here. */
export const writesBack = (all: Readonly<Record<string, Connection>>): boolean =>
  Object.values(all).some((one) => 'writeBack' in one && one.writeBack !== undefined);
