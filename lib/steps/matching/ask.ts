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

/** Notes a lead in the partition of what it asks by, unless it is noted there. */
const askIn = async (table: Table, pk: string, leadId: string, before?: () => Promise<void>): Promise<void> => {
  const key = askingLeadKey(pk, leadId);
  if ((await table.get(key)) !== undefined) return;
  await before?.();
  await putNote(table, { ...key, type: 'asking-lead', leadId });
};

export const askByName = (table: Table, text: string, leadId: string): Promise<void> => {
  const nameId = nameIdOf(text);
  return askIn(table, namePartition(nameId), leadId, async () => {
    const stored = as('name', await table.get(nameKey(nameId)));
    if (!stored?.filed) await fileName(table, nameId, text);
  });
};

export const askByDomain = (table: Table, domain: string, leadId: string): Promise<void> =>
  askIn(table, domainPartition(domain), leadId);
