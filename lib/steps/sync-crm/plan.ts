// What there is to tell of a person or an account as they are judged at this moment: to which records, and in which properties.
import type { CrmUpdate, Judgement } from '../../crm.ts';
import { isLive } from '../../domain/account-fate.ts';
import type { Connection } from '../../domain/connection.ts';
import { fingerprintOf } from '../../domain/ids.ts';
import type { CrmRef } from '../../domain/journal/subjects.ts';
import type { Item, Table } from '../../ports.ts';
import { getAll } from '../../table/get-all.ts';
import { allOf, as, standing } from '../../table/items.ts';
import { accountKey, assessmentKey, leadKey, memberKey } from '../../table/keys.ts';

export interface Whose {
  accountId: string;
  leadId?: string | undefined;
}

/** One record that is to be told. */
export interface Telling {
  whose: Whose;
  recordId: string;
  source: string;
  update: CrmUpdate;
  /** The same as long as nothing is to be written. */
  fingerprint: string;
}

interface Told {
  object: CrmUpdate['object'];
  judgement: Judgement;
  records: (CrmRef & { recordId: string })[];
}

const ofType = <Type extends Item['type']>(items: readonly Item[], type: Type) =>
  items.find((item) => item.type === type);

/** Records that were merged into another, or deleted, are told nothing: the one that is left is the person's too. */
const livingRecords = async (table: Table, ids: readonly string[]): Promise<Told['records']> => {
  const items = allOf('lead', await getAll(table, ids.map(leadKey)));
  return items.flatMap(({ leadId: recordId, record, fate }) =>
    record === undefined || fate?.mergedInto?.value || fate?.deleted?.value ? [] : [{ ...record, recordId }],
  );
};

const personTold = async (table: Table, accountId: string, leadId: string): Promise<Told | undefined> => {
  const items = await table.getMany([assessmentKey(accountId, leadId), memberKey(accountId, leadId)]);
  const assessment = standing(ofType(items, 'lead-assessment'))?.assessment;
  const member = as('member', ofType(items, 'member'));
  if (assessment === undefined || member === undefined || member.gone) return undefined;
  const { status, reason, grade, score } = assessment;
  const records = await livingRecords(table, member.records ?? []);
  return { object: 'person', judgement: { status, reason, grade, score, id: leadId }, records };
};

/** An account's grade is how well the company fits. */
const accountTold = async (table: Table, accountId: string): Promise<Told | undefined> => {
  const items = await table.getMany([assessmentKey(accountId), accountKey(accountId)]);
  const assessment = as('account-assessment', ofType(items, 'account-assessment'))?.assessment;
  const account = as('account', ofType(items, 'account'));
  if (assessment === undefined || account?.record === undefined || !isLive(account.facts)) return undefined;
  const { status, reason, companyFit: grade = '', score } = assessment;
  const records = [{ ...account.record, recordId: accountId }];
  return { object: 'account', judgement: { status, reason, grade, score, id: accountId }, records };
};

/** The part of a judgement that the connection has properties for. */
const valuesFor = (judgement: Judgement, properties: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(judgement).filter(([name]) => properties[name] !== undefined));

/** As things stand in the table: an older event tells no older state. */
export const planOf = async (
  table: Table,
  connections: Readonly<Record<string, Connection>>,
  whose: Whose,
): Promise<Telling[]> => {
  const { accountId, leadId } = whose;
  const told = await (leadId === undefined ? accountTold(table, accountId) : personTold(table, accountId, leadId));
  if (told === undefined) return [];
  const { object, judgement, records } = told;
  return records.flatMap(({ recordId, source, externalId }): Telling[] => {
    const connection = Object.hasOwn(connections, source) ? connections[source]! : undefined;
    const properties = connection && 'writeBack' in connection ? connection.writeBack?.[object] : undefined;
    if (properties === undefined || Object.keys(properties).length === 0) return [];
    const { status, grade, id } = judgement;
    const fingerprint = fingerprintOf(JSON.stringify([properties, status, grade, id]));
    return [
      {
        whose,
        recordId,
        source,
        fingerprint,
        update: { object, externalId, values: valuesFor(judgement, properties) },
      },
    ];
  });
};
