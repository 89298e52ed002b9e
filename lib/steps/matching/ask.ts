// Notes who asks for an account by which name or domain, so that they are matched again when the answer may have changed. Notes
// are never taken back: one too many costs a look.
import { lookupKeys } from '../../domain/account-matching/lead-keys.ts';
import { nameIdOf } from '../../domain/account-name.ts';
import type { Item, Table } from '../../ports.ts';
import { as, type ItemType, type NewItem, replacing } from '../../table/items.ts';
import {
  askingDealKey,
  askingLeadKey,
  askingNameKey,
  domainPartition,
  namedAccountPartition,
  nameKey,
  namePartition,
} from '../../table/keys.ts';
import { retryConflicts } from '../retry-conflicts.ts';

/** The same whoever writes it, and how often. */
const putNote = <Type extends ItemType>(table: Table, note: NewItem<Type>): Promise<void> =>
  table.write({ put: { ...note, version: 1 } as Item, condition: { if: 'always' } });

/** Under every key a name can ever be looked up by. The name itself says so last: until then whoever comes next begins anew, and so
 * does who finds that somebody forgot it meanwhile. */
const fileName = (table: Table, nameId: string, text: string): Promise<void> =>
  retryConflicts(async () => {
    const stored = as('name', await table.get(nameKey(nameId)));
    if (stored?.filed) return;
    await Promise.all(
      lookupKeys(text).map((key) => putNote(table, { ...askingNameKey(key, nameId), type: 'asking-name', nameId })),
    );
    await table.write(replacing(stored, { ...nameKey(nameId), type: 'name', nameId, text, ...stored, filed: true }));
  });

/** Names being filed by this process: of a batch in which ten colleagues ask by one name, one files it. */
const underWay = new WeakMap<Table, Map<string, Promise<void>>>();

const fileNameOnce = (table: Table, nameId: string, text: string): Promise<void> => {
  const filing = underWay.get(table) ?? new Map<string, Promise<void>>();
  underWay.set(table, filing);
  const begun = filing.get(nameId) ?? fileName(table, nameId, text).finally(() => filing.delete(nameId));
  filing.set(nameId, begun);
  return begun;
};

/** Written without a look whether it is there: mostly it is not, since whoever asks the same again is not asked for. */
const askIn = (table: Table, pk: string, leadId: string, text?: string): Promise<void> =>
  putNote(table, { ...askingLeadKey(pk, leadId), type: 'asking-lead', leadId, ...(text !== undefined && { text }) });

/** Who asks comes before what was asked: whatever dies, an erasure finds by them what they typed (`forget-name.ts`). */
export const askByName = async (table: Table, text: string, leadId: string): Promise<void> => {
  const nameId = nameIdOf(text);
  await askIn(table, namePartition(nameId), leadId, text);
  if (!as('name', await table.get(nameKey(nameId)))?.filed) await fileNameOnce(table, nameId, text);
};

export const askByDomain = (table: Table, domain: string, leadId: string): Promise<void> =>
  askIn(table, domainPartition(domain), leadId);

/** By the id of an account, which the CRM or a person has named. */
export const askByAccount = (table: Table, accountId: string, leadId: string): Promise<void> =>
  askIn(table, namedAccountPartition(accountId), leadId);

/** Of an opportunity or a contract, whose account the CRM has named. */
export const askOfDeal = (table: Table, accountId: string, dealId: string): Promise<void> =>
  putNote(table, { ...askingDealKey(accountId, dealId), type: 'asking-deal', dealId });
