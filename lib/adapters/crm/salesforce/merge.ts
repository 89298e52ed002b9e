// Merges and conversions are calls of Salesforce's SOAP API only. Either may have been done although no answer came: what is in
// Salesforce is looked at before it is called a failure.
import { SoapApi } from 'jsforce/lib/api/soap.js';
import type { Schema } from 'jsforce/lib/types/schema.js';
import * as z from 'zod';
import { type Crm, type CrmOutcome, CrmUnavailable } from '../../../crm.ts';
import { outcomeOf, outcomeOfRefusal, recordErrors, SalesforceRefusal } from './faults.ts';
import { noSuchId, type RecordName, recordNamed } from './records.ts';
import type { Session } from './session.ts';

const id = z.string().regex(/^[a-zA-Z0-9]{18}$/);
const oneOrMore = z.union([recordErrors, recordErrors.element.transform((one) => [one])]);
/** jsforce makes of an answer without anything in it one that says no. */
const result = z
  .object({
    success: z.boolean(),
    errors: oneOrMore.nullish().transform((errors) => errors ?? []),
    accountId: id.nullish(),
    contactId: id.nullish(),
  })
  .refine(({ success, errors }) => success || errors.length > 0);
type Result = z.infer<typeof result>;

/** What Salesforce says to one call: refusals are values here. */
async function ask(session: Session, run: (soap: SoapApi<Schema>) => Promise<unknown>): Promise<Result | CrmOutcome> {
  try {
    return await session.call(async (connection) => {
      const answer = result.parse(await run(new SoapApi(connection)));
      const failure = answer.success ? undefined : outcomeOf(answer.errors);
      if (failure instanceof CrmUnavailable) throw failure;
      return failure ?? answer;
    });
  } catch (error) {
    if (error instanceof SalesforceRefusal) return outcomeOfRefusal(error);
    throw error;
  }
}

/** Rows of a query, the bin included. */
const rows = async <Row extends z.ZodType>(session: Session, soql: string, row: Row): Promise<z.infer<Row>[]> => {
  const answer = z.object({ records: z.array(row) });
  const { records } = await session.call(async (connection) =>
    answer.parse(await connection.request({ method: 'GET', url: `/queryAll?q=${encodeURIComponent(soql)}` })),
  );
  return records;
};

const isIn = async (session: Session, { sObject, id }: RecordName, into: RecordName): Promise<boolean> => {
  const soql = `SELECT MasterRecordId FROM ${sObject} WHERE Id = '${id}'`;
  const [found] = await rows(session, soql, z.object({ MasterRecordId: z.string().nullable() }));
  return found?.MasterRecordId === into.id;
};

export const mergeIn =
  (session: Session): Crm['merge'] =>
  async (object, into, from) => {
    const [master, other] = [recordNamed(object, into), recordNamed(object, from)];
    if (master === undefined || other === undefined) return noSuchId(object);
    if (master.sObject !== other.sObject) return { outcome: 'refused', why: 'a lead and a contact cannot be merged' };
    const answer = await ask(session, (soap) =>
      soap.merge({ masterRecord: { type: master.sObject, Id: master.id }, recordToMergeIds: [other.id] }),
    );
    if ('success' in answer) return { outcome: 'written' };
    if (answer.outcome === 'gone' && (await isIn(session, other, master))) return { outcome: 'written' };
    return answer;
  };

const lead = z.object({
  IsDeleted: z.boolean(),
  IsConverted: z.boolean(),
  ConvertedContactId: id.nullable(),
  ConvertedAccountId: id.nullable(),
});

type Converted = Awaited<ReturnType<NonNullable<Crm['convert']>>>;

const convertedInto = (contact: string | null | undefined, account: string | null | undefined): Converted => ({
  outcome: 'written',
  ...(contact ? { contact } : {}),
  ...(account ? { account } : {}),
});

/** What to make of it that the lead, or what it is to belong to, is not there. */
const lookedAt = async (session: Session, leadId: string): Promise<Converted> => {
  const fields = 'IsDeleted, IsConverted, ConvertedContactId, ConvertedAccountId';
  const [found] = await rows(session, `SELECT ${fields} FROM Lead WHERE Id = '${leadId}'`, lead);
  if (found?.IsConverted) return convertedInto(found.ConvertedContactId, found.ConvertedAccountId);
  if (found === undefined || found.IsDeleted) return { outcome: 'gone' };
  return { outcome: 'refused', why: 'the account is not there' };
};

/** The first of the statuses that a converted lead can have, in the order people see them. */
const convertedStatus = async (session: Session): Promise<string | undefined> => {
  const soql = 'SELECT MasterLabel FROM LeadStatus WHERE IsConverted = true ORDER BY SortOrder LIMIT 1';
  const [first] = await rows(session, soql, z.object({ MasterLabel: z.string() }));
  return first?.MasterLabel;
};

export const convertIn =
  (session: Session): NonNullable<Crm['convert']> =>
  async (leadId, accountId) => {
    const person = recordNamed('person', leadId);
    if (person?.sObject !== 'Lead') return { outcome: 'refused', why: 'no id of a lead' };
    const account = accountId === undefined ? undefined : recordNamed('account', accountId);
    if (accountId !== undefined && account === undefined) return noSuchId('account');
    const status = await convertedStatus(session);
    if (status === undefined) return { outcome: 'refused', why: 'no status of leads stands for converted' };
    const answer = await ask(session, (soap) =>
      soap.convertLead({
        // In the order of the WSDL, which Salesforce holds a caller to.
        ...(account === undefined ? {} : { accountId: account.id }),
        convertedStatus: status,
        // Muster makes nobody an opportunity.
        doNotCreateOpportunity: true,
        leadId: person.id,
        overwriteLeadSource: false,
        sendNotificationEmail: false,
      }),
    );
    if ('success' in answer) return convertedInto(answer.contactId, answer.accountId);
    return answer.outcome === 'gone' ? lookedAt(session, person.id) : answer;
  };
