// Folds what the CRM says of an opportunity or a contract, and keeps the accounts in line with it: a snapshot in the account it is
// with, or that stands for that one, and a mark in those it left.
import type { Captured, Published } from '../../../events/catalogue.ts';
import { type Deal, hearDeal } from '../../domain/deals.ts';
import { eventIdOf } from '../../domain/ids.ts';
import type { CrmRef } from '../../domain/journal/subjects.ts';
import type { Item, Key } from '../../ports.ts';
import { getAll } from '../../table/get-all.ts';
import { allOf, as, type NewItem, replacing, type StoredItem } from '../../table/items.ts';
import { contractKey, dealKey, opportunityKey, trailKey } from '../../table/keys.ts';
import { standingFor } from '../matching/account-fates.ts';
import { askOfDeal } from '../matching/ask.ts';
import { retryConflicts } from '../retry-conflicts.ts';
import { sideBySide } from '../side-by-side.ts';
import { withoutErasedContacts } from './erased.ts';
import { isUnchanged } from './fold-identity.ts';
import type { Folding } from './folding.ts';
import { writeSnapshot } from './write-snapshot.ts';
import { daysToRead, writeTrail } from './write-trail.ts';

const changesIn = (lines: readonly Captured[]) => lines.filter((line) => line.type === 'crm-change-captured.v1');

/** Which account it is in from now on, and those it left by then. */
const placed = (
  previous: StoredItem<'deal'> | undefined,
  accountId: string | undefined,
): Pick<NewItem<'deal'>, 'placedIn' | 'movedFrom'> => {
  const movedFrom = { ...previous?.movedFrom };
  const before = previous?.placedIn;
  if (before !== undefined && before !== accountId) movedFrom[before] = previous!.version + 1;
  if (accountId !== undefined) delete movedFrom[accountId];
  return { placedIn: accountId, movedFrom };
};

const snapshotKey = { opportunity: opportunityKey, contract: contractKey } as const;

const changed = ({ now: at }: Folding, accountId: string, deal: Item & Pick<Deal, 'is'>): Published => {
  const id = eventIdOf('account-changed', accountId, deal.pk, String(deal.version));
  return { type: 'account-changed.v1', id, at, accountId, what: deal.is };
};

/** The deal as it stands in the table: where it is, and, once, where it is no more. */
const place = async (folding: Folding, deal: StoredItem<'deal'>): Promise<void> => {
  const { table } = folding;
  const { dealId, is, facts, placedIn, movedFrom } = deal;
  const keyOf = (accountId: string) => ({ ...snapshotKey[is](accountId, dealId), type: is });
  if (placedIn !== undefined) {
    const snapshot = { ...keyOf(placedIn), accountId: placedIn, dealId, facts, dealVersion: deal.version };
    await writeSnapshot(table, snapshot as NewItem<typeof is>, changed(folding, placedIn, deal));
  }
  for (const [accountId, dealVersion] of Object.entries(movedFrom)) {
    const there = await table.get(keyOf(accountId));
    if (Number(there?.dealVersion ?? 0) >= dealVersion) continue;
    const gone = { ...keyOf(accountId), accountId, dealId, facts: {}, dealVersion, gone: true as const };
    await writeSnapshot(table, gone as NewItem<typeof is>, changed(folding, accountId, deal));
  }
};

interface DealWork {
  dealId: string;
  /** Known whenever the deal may be new. */
  record?: CrmRef;
  lines: readonly Captured[];
}

/** Whoever merges or deletes an account finds the note, and has the deal placed anew, as it stands in the table: so who says another
 * account of it, or brings it to another, looks once more after writing. Answers the deal, should that be so. */
const foldOnce = async (
  folding: Folding,
  { dealId, record, lines: said }: DealWork,
): Promise<NewItem<'deal'> | undefined> => {
  const { table } = folding;
  const lines = await withoutErasedContacts(table, said);
  const keyOf = (day: string, overflow?: string) => trailKey(dealId, day, overflow);
  const stored = await getAll(table, [dealKey(dealId), ...daysToRead(lines).map((day) => keyOf(day))]);
  const previous = as(
    'deal',
    stored.find(({ sk }) => sk === 'DEAL'),
  );
  await writeTrail(table, dealId, keyOf, lines, stored);
  const deal = changesIn(lines).reduce<Deal | undefined>(hearDeal, previous);
  if (deal === undefined) return undefined;
  const { is, facts } = deal;
  const isElsewhere = previous?.facts.account?.value !== facts.account?.value;
  const isNoted = lines.length > 0 && !isElsewhere;
  const note = isNoted ? undefined : (named: string) => askOfDeal(table, named, dealId);
  const accountId = await standingFor(table, facts.account?.value, note);
  const about = { dealId, record: previous?.record ?? record!, ...placed(previous, accountId), is, facts };
  const next = { ...dealKey(dealId), type: 'deal', ...about } as NewItem<'deal'>;
  let version = previous?.version ?? 0;
  if (!isUnchanged(previous, next)) {
    await table.write(replacing(previous, next));
    version += 1;
  }
  await place(folding, { ...next, version } as StoredItem<'deal'>);
  return isElsewhere || previous?.placedIn !== accountId ? next : undefined;
};

/** Without lines it is only placed anew. */
export const foldDeal = async (folding: Folding, work: DealWork): Promise<void> => {
  const moved = await retryConflicts(() => foldOnce(folding, work));
  if (moved === undefined || (await standingFor(folding.table, moved.facts.account?.value)) === moved.placedIn) return;
  await foldDeal(folding, { dealId: work.dealId, lines: [] });
};

/** Each reads and writes some twelve items. */
const atOnce = 8;

/** Where it is, and where it was. */
const snapshotKeysOf = ({ dealId, is, placedIn, movedFrom }: StoredItem<'deal'>): Key[] =>
  [...(placedIn === undefined ? [] : [placedIn]), ...Object.keys(movedFrom)].map((accountId) =>
    snapshotKey[is](accountId, dealId),
  );

/** Has those placed anew that are not where they should be, or stand where they should not any more: what stopped half-way is gone on with at the next attempt. */
export const placeDealsAnew = async (folding: Folding, dealIds: readonly string[]): Promise<void> => {
  const { table } = folding;
  const deals = allOf('deal', await getAll(table, dealIds.map(dealKey)));
  const accounts = new Set(deals.flatMap(({ facts }) => facts.account?.value ?? []));
  const standing = new Map<string, string | undefined>();
  await sideBySide(accounts, atOnce, async (named) => standing.set(named, await standingFor(table, named)));
  const snapshots = await getAll(table, deals.flatMap(snapshotKeysOf));
  const versions = new Map(snapshots.map((item) => [`${item.pk} ${item.sk}`, Number(item.dealVersion)]));
  const isPlaced = (deal: StoredItem<'deal'>): boolean =>
    deal.placedIn === standing.get(deal.facts.account?.value ?? '') &&
    Object.entries({ ...deal.movedFrom, ...(deal.placedIn && { [deal.placedIn]: deal.version }) }).every(
      ([accountId, version]) => {
        const { pk, sk } = snapshotKey[deal.is](accountId, deal.dealId);
        return (versions.get(`${pk} ${sk}`) ?? 0) >= version;
      },
    );
  const astray = deals.filter((deal) => !isPlaced(deal));
  await sideBySide(astray, atOnce, ({ dealId }) => foldDeal(folding, { dealId, lines: [] }));
};
