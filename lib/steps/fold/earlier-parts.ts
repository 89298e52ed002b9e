// Keeps a person's item small however many browsers they had: somebody who clears cookies has a new one every day, and what
// watches a form a new one every ten minutes.
//
// A browser of one visit adds 54 bytes to the packed item: 300 are 17 KB, so that every form of theirs would cost 17 write units,
// and 7,500 fill its 400 KB. So the latest 200 at most stand apart, and those before as one state with a list of ids and
// versions. 14 bytes each: beyond 20,000 of them writing fails and the lines rest in the dead-letter queue. Nothing is lost by
// that: each browser keeps its own state in an item of its own, from which the one state is made anew whenever one of them
// stirs or turns out to be somebody else's. So a merge can still be undone.
import { anyTouch, lastMomentOf } from '../../domain/facts/facts.ts';
import { type HeldState, heldAs } from '../../domain/held-states.ts';
import { isVisitor } from '../../domain/ids.ts';
import { unionOfStates } from '../../domain/lead.ts';
import { holderIn } from '../../domain/visitor-names.ts';
import type { Table } from '../../ports.ts';
import { getAll } from '../../table/get-all.ts';
import { allOf, type NewItem, type StoredItem } from '../../table/items.ts';
import { leadKey } from '../../table/keys.ts';

type Lead = NewItem<'lead'>;
type Parts = Lead['parts'];

/** With more than the first number apart, all but the latest second are put together: half at once, so that it is seldom done. */
const mostApart = 200;
const leastApart = 100;

/** An identity of a person: with a state when they hold it, without one when somebody else turned out to. */
export interface Part extends Partial<HeldState> {
  id: string;
  version: number;
  /** Of a merged person the CRM's records. */
  records?: string[] | undefined;
}

/** An identity as a part of this person, as it stands. */
export const asPartOf = (leadId: string, identity: StoredItem<'lead'>): Part => {
  const { leadId: id, version, own, fate } = identity;
  const holder = holderIn(identity);
  if (holder?.leadId !== leadId) return { id, version };
  return { id, version, ...heldAs(own, fate), ...(holder.byMail && { byMail: true }) };
};

const lastTouch = ({ state }: Parts[string]): string => (state && lastMomentOf(state.facts, anyTouch)) ?? '';

/** Sets the oldest aside. */
const setAside = (parts: Parts, earlier: Lead['earlier']): Pick<Lead, 'parts' | 'earlier'> => {
  const held = Object.entries(parts).filter(([id, { state }]) => isVisitor(id) && state !== undefined);
  if (held.length <= mostApart) return { parts, earlier };
  const old = held
    .map(([id, part]) => ({ id, part, at: lastTouch(part) }))
    .sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at > b.at ? -1 : 1))
    .slice(leastApart);
  const left = { ...parts };
  const versions = { ...earlier?.versions };
  for (const { id, part } of old) {
    delete left[id];
    versions[id] = part.version;
  }
  const all = [...(earlier ? [earlier] : []), ...old.map(({ part }) => part)];
  const state = unionOfStates(all.map((part) => part.state!));
  return { parts: left, earlier: { versions, state, ...(all.every(({ byMail }) => byMail) && { byMail: true }) } };
};

/** All that were set aside, apart again, as they stand now. */
const apartAgain = async (table: Table, leadId: string, versions: Record<string, number>): Promise<Parts> => {
  const items = await getAll(table, Object.keys(versions).map(leadKey));
  return Object.fromEntries(
    allOf('lead', items).map((item) => {
      const { id, ...part } = asPartOf(leadId, item);
      return [id, part];
    }),
  );
};

/** A person's parts after news of some; older news than what is known changes nothing. */
export const withParts = async (
  table: Table,
  { leadId, parts: known, earlier }: Pick<Lead, 'leadId' | 'parts' | 'earlier'>,
  news: readonly Part[],
): Promise<Pick<Lead, 'parts' | 'earlier'>> => {
  const stirred = earlier && news.some(({ id, version }) => (earlier.versions[id] ?? version) < version);
  const merged = { ...known, ...(stirred && (await apartAgain(table, leadId, earlier.versions))) };
  const aside = stirred ? undefined : earlier;
  for (const { id, ...part } of news) {
    if ((merged[id]?.version ?? aside?.versions[id] ?? 0) < part.version) merged[id] = part;
  }
  const inOrder = Object.fromEntries(Object.entries(merged).sort(([a], [b]) => (a < b ? -1 : 1)));
  return setAside(inOrder, aside);
};
