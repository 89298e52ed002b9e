// Forgets the name of a company as somebody typed it, under every key it is looked up by, when nobody else asks by it and nobody said what
// it means. What holds against those who ask by it at that very moment: they note themselves first and look for the name then; so who is
// not seen here once the name is marked as not filed finds it so, and files it anew (`steps/matching/ask.ts`).
import { lookupKeys } from '../../../domain/account-matching/lead-keys.ts';
import type { Item, Table, Write } from '../../../ports.ts';
import { allOf, as, replacing, type StoredItem } from '../../../table/items.ts';
import { askingNameKey, nameKey } from '../../../table/keys.ts';
import { retryConflicts } from '../../retry-conflicts.ts';

/** A transaction takes 100 writes. */
const together = 99;

const isAskedByOthers = async (table: Table, pk: string, ids: ReadonlySet<string>): Promise<boolean> =>
  allOf('asking-lead', await table.query(pk, 'LEAD#')).some(({ leadId }) => !ids.has(leadId));

const remove = (key: Pick<Item, 'pk' | 'sk'>): Write => ({ remove: key, condition: { if: 'always' } });

/** `asking`: of one of `ids`, whose note is taken away after this. */
export const forgetName = (
  table: Table,
  ids: ReadonlySet<string>,
  { pk, text: typed }: StoredItem<'asking-lead'>,
): Promise<void> =>
  retryConflicts(async () => {
    const nameId = pk.slice(pk.indexOf('#') + 1);
    const key = nameKey(nameId);
    const stored = as('name', await table.get(key));
    const text = stored?.text ?? typed;
    // By a domain or an account's id, which name nobody.
    if (text === undefined || key.pk !== pk || stored?.meanings !== undefined) return;
    if (await isAskedByOthers(table, pk, ids)) return;
    const unfiled = replacing(stored, { ...key, type: 'name', nameId, text, ...stored, filed: undefined });
    await table.write(unfiled);
    if (await isAskedByOthers(table, pk, ids)) return;
    const condition = { if: 'version', is: unfiled.put.version } as const;
    const notes = lookupKeys(text).map((lookup) => remove(askingNameKey(lookup, nameId)));
    while (notes.length > together) await table.transact([{ check: key, condition }, ...notes.splice(0, together)]);
    await table.transact([{ remove: key, condition }, ...notes]);
  });
