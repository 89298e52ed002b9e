// What changed since a moment, the bin included: whatever no message or change event brought. Fields are those that
// `sources/salesforce` reads, in the organisation's every edition, and those the playbook names.
import * as z from 'zod';
import type { PulledObject, PulledPage } from '../../../crm.ts';
import type { CrmMapping } from '../../../domain/playbook/crm.ts';
import { fieldName } from '../../../sources/salesforce/fields.ts';
import { SalesforceRefusal } from './faults.ts';
import type { Session } from './session.ts';

const person = ['FirstName', 'LastName', 'Name', 'Email', 'Title', 'Phone', 'OwnerId', 'MasterRecordId'];

const standard = {
  Lead: [
    ...person,
    ...['Company', 'Country', 'Industry', 'NumberOfEmployees', 'Status', 'ConvertedContactId', 'ConvertedAccountId'],
  ],
  Contact: [...person, 'AccountId', 'Account.Name', 'MailingCountry'],
  Account: [
    ...['Name', 'Website', 'Industry', 'NumberOfEmployees', 'AnnualRevenue', 'BillingCountry', 'OwnerId', 'ParentId'],
    ...['Type', 'MasterRecordId'],
  ],
  // Its primary contact is one of the roles.
  Opportunity: ['AccountId', 'StageName', 'Type', 'IsClosed', 'IsWon', 'LastStageChangeDate', 'OwnerId'],
  OpportunityContactRole: ['OpportunityId', 'ContactId', 'IsPrimary'],
  Contract: ['AccountId', 'StartDate', 'EndDate', 'Status', 'StatusCode'],
  Task: ['WhoId', 'Status', 'IsClosed', 'TaskSubtype', 'Type', 'CompletedDateTime'],
  Event: ['WhoId', 'CreatedDate'],
} satisfies Record<string, readonly string[]>;
type PulledSObject = keyof typeof standard;

/** Standard too, but hidden from most users until somebody shows it them (field-level security): what is hidden is no reason to hear of
 * nobody at all. */
const oftenHidden: Partial<Record<PulledSObject, readonly string[]>> = {
  Lead: ['HasOptedOutOfEmail'],
  Contact: ['HasOptedOutOfEmail'],
};

const sObjectsOf = {
  person: ['Lead', 'Contact'],
  account: ['Account'],
  opportunity: ['Opportunity', 'OpportunityContactRole'],
  contract: ['Contract'],
  activity: ['Task', 'Event'],
} satisfies Record<PulledObject, readonly PulledSObject[]>;

/** Throws SalesforceRefusal for a name that is none: nothing else of the tenant's goes into a query. */
const mappedFields = (sObject: PulledSObject, { fields }: CrmMapping): string[] => {
  const ofObject: Partial<Record<PulledSObject, Partial<Record<string, string>>>> = {
    Lead: fields.person,
    Contact: fields.person,
    Account: fields.account,
    Opportunity: fields.opportunity,
  };
  return Object.values(ofObject[sObject] ?? {}).flatMap((given) => {
    const name = fieldName(given ?? '');
    if (!/^[A-Za-z]\w{0,79}(?:\.[A-Za-z]\w{0,79}){0,2}$/.test(name)) throw new SalesforceRefusal('INVALID_FIELD');
    return [name];
  });
};

const pathOf = (sObject: PulledSObject, fields: readonly string[], since: string): string => {
  const moment = new Date(z.iso.datetime({ offset: true }).parse(since)).toISOString();
  const asked = [...new Set(fields)].join(', ');
  const query = `SELECT ${asked} FROM ${sObject} WHERE SystemModstamp >= ${moment} ORDER BY SystemModstamp, Id`;
  return `/queryAll?q=${encodeURIComponent(query)}`;
};

const nextPath = z.string().regex(/^\/services\/data\/v\d{1,3}\.\d\/query\/[\w-]{1,200}$/);
const page = z.object({
  done: z.boolean(),
  // Each says in `attributes` what object it is of.
  records: z.array(z.looseObject({ attributes: z.looseObject({ type: z.string() }), Id: z.string() })),
  nextRecordsUrl: nextPath.optional(),
});

/** `Lead` or `Lead /services/data/v66.0/query/01g…-2000`: what is asked next, and where. */
const cursor = z.string().transform((text, context) => {
  const [sObject = '', path] = text.split(' ');
  const known = z.enum(Object.keys(standard) as PulledSObject[]).safeParse(sObject);
  const next = nextPath.optional().safeParse(path);
  if (known.success && next.success) return { sObject: known.data, path: next.data };
  context.addIssue('is no cursor');
  return z.NEVER;
});

type Page = z.infer<typeof page>;
type Ask = (path: string) => Promise<Page>;

/** The playbook names a person's fields once, and leads may have one that contacts have not, or the other way round. */
const other: Partial<Record<PulledSObject, PulledSObject>> = { Lead: 'Contact', Contact: 'Lead' };
const never = '3999-12-31T00:00:00.000Z';

/** Of the fields the playbook names those that the object has. Throws SalesforceRefusal for one that it has not, nor the other. */
const firstPage = async (
  ask: Ask,
  sObject: PulledSObject,
  mapped: readonly string[],
  since: string,
  hideable = oftenHidden[sObject] ?? [],
): Promise<Page & { hidden?: string | undefined }> => {
  const usual = ['Id', 'SystemModstamp', 'IsDeleted', ...standard[sObject]];
  try {
    return await ask(pathOf(sObject, [...usual, ...hideable, ...mapped], since));
  } catch (error) {
    const field = error instanceof SalesforceRefusal && error.status === 'INVALID_FIELD' ? error.field : undefined;
    const hidden = hideable.find((name) => name === field);
    if (hidden !== undefined) {
      const left = hideable.filter((name) => name !== hidden);
      return { ...(await firstPage(ask, sObject, mapped, since, left)), hidden };
    }
    // Of a path through a relationship that is not there Salesforce names the relationship.
    const lacking = mapped.filter((name) => name === field || name.startsWith(`${field}.`));
    const elsewhere = other[sObject];
    if (lacking.length === 0 || elsewhere === undefined) throw error;
    await ask(pathOf(elsewhere, lacking, never));
    const left = mapped.filter((name) => !lacking.includes(name));
    return firstPage(ask, sObject, left, since, hideable);
  }
};

export const pullFrom =
  (session: Session, mapping: CrmMapping) =>
  async (object: PulledObject, since: string, from?: string): Promise<PulledPage> => {
    const order: readonly PulledSObject[] = sObjectsOf[object];
    const { sObject, path } = from === undefined ? { sObject: order[0]!, path: undefined } : cursor.parse(from);
    if (!order.includes(sObject)) throw new Error('the cursor is of another object');
    const ask: Ask = (url) =>
      session.call(async (connection) => page.parse(await connection.request({ method: 'GET', url })));
    const first = () => firstPage(ask, sObject, mappedFields(sObject, mapping), since);
    const asked = path === undefined ? first() : ask(path);
    const { records, nextRecordsUrl, hidden }: Awaited<ReturnType<typeof firstPage>> = await asked.catch(
      (error: unknown) => {
        // Salesforce forgets the rest of a query after two days, or ten others: what comes twice counts once.
        if (error instanceof SalesforceRefusal && error.status === 'INVALID_QUERY_LOCATOR') return first();
        throw error;
      },
    );
    const unread = hidden && { what: `${sObject} ${hidden}`, why: 'is hidden from the user that asks' };
    const next = nextRecordsUrl === undefined ? order[order.indexOf(sObject) + 1] : `${sObject} ${nextRecordsUrl}`;
    return { records, ...(next && { next }), ...(unread && { unread }) };
  };
