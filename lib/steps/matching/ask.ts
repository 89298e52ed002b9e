// Notes who asks for an account by which name or domain, so that they are matched again when the answer may have changed. Notes
// are never taken back: one too many costs a look.
import { lookupKeys } from '../../domain/account-matching/lead-keys.ts';
import { nameIdOf } from '../../domain/account-name.ts';
import type { Item, Table } from '../../ports.ts';
import { getAll } from '../../table/get-all.ts';
import { allOf, as, type ItemType, type NewItem, replacing } from '../../table/items.ts';
import { askingLeadKey, askingNameKey, blockKey, domainPartition, nameKey, namePartition } from '../../table/keys.ts';
import { retryConflicts } from '../retry-conflicts.ts';

/** The same whoever writes it, and how often. */
const putNote = <Type extends ItemType>(table: Table, note: NewItem<Type>): Promise<void> =>
  table.write({ put: { ...note, version: 1 } as Item, condition: { if: 'always' } });

const askedBlock = (table: Table, key: string): Promise<void> =>
  retryConflicts(async () => {
    const stored = as('block', await table.get(blockKey(key)));
    if (stored?.asked) return;
    const none = { ...blockKey(key), type: 'block' as const, accounts: [], gone: [] };
    await table.write(replacing(stored, { ...none, ...stored, asked: true }));
  });

/** Under every key a name can ever be looked up by. The name itself says so last: until then whoever comes next begins anew. */
const fileName = async (table: Table, nameId: string, text: string): Promise<void> => {
  const keys = lookupKeys(text);
  const blocks = allOf('block', await getAll(table, keys.map(blockKey)));
  const asked = new Set(blocks.filter((block) => block.asked).map(({ pk }) => pk));
  await Promise.all(
    keys.map(async (key) => {
      await putNote(table, { ...askingNameKey(key, nameId), type: 'asking-name', nameId });
      if (!asked.has(blockKey(key).pk)) await askedBlock(table, key);
    }),
  );
  await retryConflicts(async () => {
    const stored = as('name', await table.get(nameKey(nameId)));
    if (stored?.filed) return;
    await table.write(replacing(stored, { ...nameKey(nameId), type: 'name', nameId, text, ...stored, filed: true }));
  });
};

/** Names being filed by this process: of a batch in which ten colleagues ask by one name, one files it. */
const underWay = new WeakMap<Table, Map<string, Promise<void>>>();

const fileNameOnce = (table: Table, nameId: string, text: string): Promise<void> => {
  const filing = underWay.get(table) ?? new Map<string, Promise<void>>();
  underWay.set(table, filing);
  const begun = filing.get(nameId) ?? fileName(table, nameId, text).finally(() => filing.delete(nameId));
  filing.set(nameId, begun);
  return begun;
};

/** Notes a lead in the partition of what it asks by, unless it is noted there. */
const askIn = (table: Table, pk: string, leadId: string): Promise<void> =>
  putNote(table, { ...askingLeadKey(pk, leadId), type: 'asking-lead', leadId });

export const askByName = async (table: Table, text: string, leadId: string): Promise<void> => {
  const nameId = nameIdOf(text);
  const pk = namePartition(nameId);
  const stored = await table.getMany([askingLeadKey(pk, leadId), nameKey(nameId)]);
  if (allOf('asking-lead', stored).length > 0) return;
  if (!allOf('name', stored)[0]?.filed) await fileNameOnce(table, nameId, text);
  await askIn(table, pk, leadId);
};

export const askByDomain = async (table: Table, domain: string, leadId: string): Promise<void> => {
  const pk = domainPartition(domain);
  if ((await table.get(askingLeadKey(pk, leadId))) === undefined) await askIn(table, pk, leadId);
};
