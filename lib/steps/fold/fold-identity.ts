// Folds lines into the identity they are about: the day's trail first, then the state that follows from it.
import type { Captured, Published } from '../../../events/catalogue.ts';
import { dayNumberOf } from '../../domain/days.ts';
import { factsOfDay } from '../../domain/facts/count-day.ts';
import { isCounted, keptAs, withDays } from '../../domain/facts/facts.ts';
import { eventIdOf } from '../../domain/ids.ts';
import { emptyState, hearLine, type IdentityState } from '../../domain/lead.ts';
import { networkHeard } from '../../domain/networks.ts';
import { isNobodys, trailReach, trailUntil, visitorUntil } from '../../domain/retention.ts';
import { holderIn } from '../../domain/visitor-names.ts';
import type { Item, Table } from '../../ports.ts';
import { getAll } from '../../table/get-all.ts';
import { isSame } from '../../table/is-same.ts';
import { allOf, as, type NewItem, replacing, type StoredItem } from '../../table/items.ts';
import { leadKey, leadTrailKey } from '../../table/keys.ts';
import { linesOf } from '../../table/trail.ts';
import { retimeTrail, type UntilOf } from '../retime-trail.ts';
import { retryConflicts } from '../retry-conflicts.ts';
import { isNothing, unlessTheirs } from './erased.ts';
import type { Folding } from './folding.ts';
import { hearLinks, hearNames, hearRecord, type IdentityWork } from './hear-identity.ts';
import { hasChangedHands, matchAnonymous } from './match-anonymous.ts';
import { matched, placeMember } from './place-member.ts';
import { daysToRead, writeTrail } from './write-trail.ts';

const touchesOf = (lines: readonly Captured[]) => lines.filter((line) => line.type === 'touch-captured.v1');

/** Forms that have just come in and whose sender is to be answered. What a machine sent is not answered. */
const formsToAnswer = ({ playbook, now: at }: Folding, leadId: string, added: readonly Captured[]): Published[] =>
  touchesOf(added).flatMap(({ id: touchId, form, flag, occurredAt }): Published[] => {
    if (form === undefined || flag !== undefined || !playbook.forms[form.id]?.autoResponse) return [];
    return [
      { type: 'form-submitted.v1', id: eventIdOf('form', touchId), at, leadId, formId: form.id, touchId, occurredAt },
    ];
  });

/** What concerns who has the lead, or its clock. */
const actionsToHear = ({ now: at }: Folding, leadId: string, added: readonly Captured[]): Published[] =>
  added.flatMap((line): Published[] => {
    if (line.type !== 'action-captured.v1') return [];
    const { id: lineId, occurredAt, action } = line;
    if (action.does === 'follow-up' || action.does === 'good' || action.does === 'bad') return [];
    const id = eventIdOf('lead-acted', lineId);
    return [{ type: 'lead-acted.v1', id, at, leadId, lineId, occurredAt, does: action.does }];
  });

/** The sets of touches of a month or year that is not kept by day any more: a late line counts it anew. */
const daysIn = async (table: Table, leadId: string, period: string): Promise<Captured[][]> => {
  const { pk, sk } = leadTrailKey(leadId, period);
  const byDay = Map.groupBy(allOf('trail', await table.query(pk, sk)), ({ day }) => day);
  return [...byDay.values()].map((items) => items.flatMap(linesOf));
};

const untilIn =
  ({ retention }: Folding, item: NewItem<'lead'>): UntilOf =>
  (day, lines) =>
    trailUntil(retention, isNobodys(item), day, lines);

/** The state after these lines: registers hear each line; a day's facts are counted anew from its whole set. Where part of that may be
 * gone with the trail, what was counted stays. */
const foldLines = async (
  folding: Folding,
  item: NewItem<'lead'>,
  lines: readonly Captured[],
  stored: readonly Item[],
): Promise<IdentityState> => {
  const { leadId, own } = item;
  const keyOf = (day: string, overflow?: string) => leadTrailKey(leadId, day, overflow);
  const days = await writeTrail(folding.table, leadId, keyOf, lines, stored, {
    eventsOf: (added) => [...formsToAnswer(folding, leadId, added), ...actionsToHear(folding, leadId, added)],
    untilOf: untilIn(folding, item),
  });
  const reach = trailReach(folding.retention, isNobodys(item), folding.now);
  let { facts } = own;
  const countedAnew = new Set<string>();
  // Oldest first, so that a batch of years fills each month before it is put together. What is counted anew has every line of
  // the batch already, so once is enough.
  for (const [day, all] of [...days].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const period = keptAs(facts, day);
    if (countedAnew.has(period)) continue;
    if (dayNumberOf(period) < reach && isCounted(facts, period)) continue;
    if (period !== day) countedAnew.add(period);
    const sets = period === day ? [all] : await daysIn(folding.table, leadId, period);
    const counts = sets.map((lines) => factsOfDay(touchesOf(lines), folding.playbook));
    facts = withDays(facts, period, counts);
  }
  const heard = lines.reduce(hearLine, own);
  return { ...heard, network: networkHeard(own.network, touchesOf(lines), folding.playbook, folding.owners), facts };
};

/** The identity's item and the days its new lines fall on. */
export const loadIdentity = async (
  table: Table,
  leadId: string,
  lines: readonly Captured[],
): Promise<{ identity: StoredItem<'lead'> | undefined; stored: Item[] }> => {
  const days = daysToRead(lines).map((day) => leadTrailKey(leadId, day));
  const stored = await getAll(table, [leadKey(leadId), ...days]);
  return {
    identity: as(
      'lead',
      stored.find(({ sk }) => sk === 'LEAD'),
    ),
    stored,
  };
};

/** An identity as it is known so far. */
export const knownIdentity = (
  leadId: string,
  kind: StoredItem<'lead'>['kind'],
  identity: StoredItem<'lead'> | undefined,
): NewItem<'lead'> => ({
  ...leadKey(leadId),
  ...{ type: 'lead', leadId, kind, own: emptyState, links: {}, parts: {}, movedFrom: {} },
  ...identity,
});

/** An identity's next item, its trail already written. Nothing is lost if the process dies in between: the lines come
 * again, find their trail complete, and the same item follows from it. */
export const nextIdentity = async (
  folding: Folding,
  known: NewItem<'lead'>,
  lines: readonly Captured[],
  stored: readonly Item[],
): Promise<NewItem<'lead'>> => {
  const next = { ...known, own: await foldLines(folding, known, lines, stored) };
  return { ...next, ttl: visitorUntil(folding.retention, next, lines) };
};

/** A visitor who became somebody's brings the trail along before that is written; nothing is to be done where nothing changed. */
const keepTrail = async (folding: Folding, next: NewItem<'lead'>, previous: StoredItem<'lead'> | undefined) => {
  if (previous === undefined || (previous.ttl === undefined) === (next.ttl === undefined)) return;
  const { pk, sk } = leadTrailKey(next.leadId, '');
  await retimeTrail(folding.table, await folding.table.query(pk, sk), untilIn(folding, next));
};

/** Nothing to write: the item stands as it should. Versions and keys of the table do not count. */
export const isUnchanged = (stored: Item | undefined, next: object): boolean =>
  stored !== undefined &&
  isSame({ ...stored, version: 0, outbox: undefined }, { ...next, version: 0, outbox: undefined });

/** Who was forgotten and comes back begins above any version that somebody may remember of them. */
const firstVersion = ({ retention, now }: Folding, kind: IdentityWork['kind']): number =>
  retention !== undefined && kind === 'visitor' ? Math.floor(Date.parse(now) / 1_000) : 1;

/** Answers the identity as stored, and whose network it came to count for, if it is another than before. */
const foldOnce = async (folding: Folding, given: IdentityWork) => {
  const { leadId, kind } = given;
  const { table } = folding;
  const loaded = await loadIdentity(table, leadId, given.lines);
  const previous = loaded.identity;
  const work = await unlessTheirs(table, previous, given);
  const known = knownIdentity(leadId, kind, previous);
  if (previous === undefined && work !== given && isNothing(work)) {
    return { identity: { ...known, version: 0 } as StoredItem<'lead'>, look: undefined };
  }
  // Whose it is decides how long its trail stays.
  hearLinks(known, work);
  hearNames(known, work);
  if (kind === 'crm') hearRecord(known, work);
  const heard = await nextIdentity(folding, known, work.lines, loaded.stored);
  const isNobodys = kind === 'visitor' && holderIn(heard) === undefined;
  const found = isNobodys ? await matchAnonymous(folding, heard.own) : undefined;
  const next = matched(heard, previous, found?.match);
  let version = previous?.version ?? 0;
  if (!isUnchanged(previous, next)) {
    await keepTrail(folding, next, previous);
    const write = replacing(previous, next);
    if (previous === undefined) write.put.version = firstVersion(folding, kind);
    await table.write(write);
    version = write.put.version;
  }
  await placeMember(folding, next, version, { anonymous: true, state: next.own });
  const isNew = next.match !== undefined && next.match.accountId !== previous?.match?.accountId;
  return { identity: { ...next, version }, look: isNew ? found?.look : undefined };
};

/** Folds a browser or a CRM record, and answers it as stored. */
export const foldIdentity = async (folding: Folding, work: IdentityWork): Promise<StoredItem<'lead'>> => {
  const { identity, look } = await retryConflicts(() => foldOnce(folding, work));
  // As with a person, the domain may have changed hands between our look and our write.
  if (look === undefined || !(await hasChangedHands(folding.table, look))) return identity;
  return foldIdentity(folding, { leadId: work.leadId, kind: work.kind, lines: [], links: [] });
};
