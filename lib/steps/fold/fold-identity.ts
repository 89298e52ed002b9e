// Folds lines into the identity they are about: the day's trail first, then the state that follows from it.
import type { Captured } from '../../../events/catalogue.ts';
import { factsOfDay } from '../../domain/facts.ts';
import { leadIdOfEmail } from '../../domain/ids.ts';
import { emptyState, hearActivity, hearPerson, hearTouch, type IdentityState, linked } from '../../domain/lead.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import type { Item, Table } from '../../ports.ts';
import { getAll } from '../../table/get-all.ts';
import { isSame } from '../../table/is-same.ts';
import { as, type NewItem, replacing, type StoredItem } from '../../table/items.ts';
import { leadKey, leadTrailKey } from '../../table/keys.ts';
import { retryConflicts } from '../retry-conflicts.ts';
import type { Link } from './sort-lines.ts';
import { daysOf, writeTrail } from './write-trail.ts';

const touchesOf = (lines: readonly Captured[]) => lines.filter((line) => line.type === 'touch-captured.v1');

const hear = (state: IdentityState, line: Captured): IdentityState => {
  if (line.type === 'touch-captured.v1') return hearTouch(state, line);
  if (line.change.object === 'person') return hearPerson(state, line, line.change);
  return line.change.object === 'activity' ? hearActivity(state, line, line.change) : state;
};

/** The state after these lines: registers hear each line; a day's facts are counted anew from its whole set. */
const foldLines = async (
  table: Table,
  playbook: Playbook,
  leadId: string,
  own: IdentityState,
  lines: readonly Captured[],
  stored: readonly Item[],
): Promise<IdentityState> => {
  const facts = { ...own.facts };
  const days = await writeTrail(table, leadId, (day, overflow) => leadTrailKey(leadId, day, overflow), lines, stored);
  for (const [day, all] of days) {
    const counts = factsOfDay(touchesOf(all), playbook);
    if (Object.keys(counts).length > 0) facts[day] = counts;
  }
  const inOrder = Object.fromEntries(Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { ...lines.reduce(hear, own), facts: inOrder };
};

/** The identity's item and the days its new lines fall on. */
export const loadIdentity = async (
  table: Table,
  leadId: string,
  lines: readonly Captured[],
): Promise<{ identity: StoredItem<'lead'> | undefined; stored: Item[] }> => {
  const days = daysOf(lines).map((day) => leadTrailKey(leadId, day));
  const stored = await getAll(table, [leadKey(leadId), ...days]);
  return {
    identity: as(
      'lead',
      stored.find(({ sk }) => sk === 'LEAD'),
    ),
    stored,
  };
};

/** An identity's next item, its trail already written. Nothing is lost if the process dies in between: the lines come
 * again, find their trail complete, and the same item follows from it. */
export const nextIdentity = async (
  table: Table,
  playbook: Playbook,
  leadId: string,
  kind: StoredItem<'lead'>['kind'],
  lines: readonly Captured[],
  { identity, stored }: Awaited<ReturnType<typeof loadIdentity>>,
): Promise<NewItem<'lead'>> => {
  const base: NewItem<'lead'> = {
    ...leadKey(leadId),
    type: 'lead',
    leadId,
    kind,
    own: emptyState,
    links: {},
    parts: {},
    movedFrom: [],
    ...identity,
  };
  return { ...base, own: await foldLines(table, playbook, leadId, base.own, lines, stored) };
};

/** Nothing to write: the item stands as it should. Versions and keys of the table do not count. */
export const isUnchanged = (stored: Item | undefined, next: object): boolean =>
  stored !== undefined && isSame({ ...stored, version: 0 }, { ...next, version: 0 });

/** Folds a browser or a CRM record, and answers it as stored. */
export const foldIdentity = (
  table: Table,
  playbook: Playbook,
  work: { leadId: string; kind: 'visitor' | 'crm'; lines: readonly Captured[]; links: readonly Link[] },
): Promise<StoredItem<'lead'>> =>
  retryConflicts(async () => {
    const loaded = await loadIdentity(table, work.leadId, work.lines);
    const next = await nextIdentity(table, playbook, work.leadId, work.kind, work.lines, loaded);
    next.links = work.links.reduce(
      (links, { email, at }) => linked(work.kind, links, leadIdOfEmail(email), { email, at }),
      next.links,
    );
    if (isUnchanged(loaded.identity, next)) return loaded.identity!;
    await table.write(replacing(loaded.identity, next));
    return { ...next, version: (loaded.identity?.version ?? 0) + 1 };
  });
