// What the table knows of the records that lines are about, by the records' own word.
import type { CrmChangeCaptured } from '../../../events/crm-change-captured.v1.ts';
import { accountIdOfCrm, dealIdOf, leadIdOfCrmPerson } from '../../domain/ids.ts';
import type { KnownRecord } from '../../domain/news.ts';
import type { Item, Key, Table } from '../../ports.ts';
import { getAll } from '../../table/get-all.ts';
import { as } from '../../table/items.ts';
import { accountKey, dealKey, leadKey } from '../../table/keys.ts';

const keyOf = ({ source, change }: CrmChangeCaptured): Key | undefined => {
  const { object, externalId } = change;
  if (object === 'person') return leadKey(leadIdOfCrmPerson(source, externalId));
  if (object === 'account') return accountKey(accountIdOfCrm(source, externalId));
  return object === 'activity' ? undefined : dealKey(dealIdOf(object, source, externalId));
};

const nameOf = ({ pk, sk }: Key): string => `${pk} ${sk}`;

/** Of a person only what a record's own item says: others may have told of its id. */
const knownIn = (item: Item | undefined): KnownRecord => {
  if (item === undefined) return {};
  if (item.type === 'lead') {
    const person = as('lead', item)!;
    return person.record === undefined ? {} : { person };
  }
  if (item.type === 'account') return { account: as('account', item)!.facts };
  return { deal: as('deal', item)! };
};

export const knownRecords = async (
  table: Table,
  lines: readonly CrmChangeCaptured[],
): Promise<(line: CrmChangeCaptured) => KnownRecord> => {
  const keys = new Map(lines.flatMap((line) => keyOf(line) ?? []).map((key) => [nameOf(key), key]));
  const items = new Map((await getAll(table, [...keys.values()])).map((item) => [nameOf(item), item]));
  return (line) => {
    const key = keyOf(line);
    return key === undefined ? {} : knownIn(items.get(nameOf(key)));
  };
};
