// Whose an id is, and which ids are somebody's, read from items that are each written alone: while a merge is on its way two of
// them may point at each other. So whoever walks along them keeps where they have been.
import { isPerson } from '../../domain/ids.ts';
import { holderIn } from '../../domain/visitor-names.ts';
import type { Table } from '../../ports.ts';
import { getAll } from '../../table/get-all.ts';
import { allOf, as, type StoredItem } from '../../table/items.ts';
import { leadKey } from '../../table/keys.ts';

type Lead = StoredItem<'lead'>;

const stored = async (table: Table, leadId: string) => as('lead', await table.get(leadKey(leadId)));

/** Whoever an identity is now: itself while it is nobody else's, and while who it is another name of is not stored yet. Of people
 * who are each other's for a moment the one with the first id, whoever of them was asked for. */
export const survivorOf = async (table: Table, leadId: string): Promise<Lead | undefined> => {
  const passed: Lead[] = [];
  let identity = await stored(table, leadId);
  while (identity !== undefined) {
    const next = identity.kind === 'email' ? identity.mergedInto : holderIn(identity)?.leadId;
    if (next === undefined) return identity;
    passed.push(identity);
    const from = passed.findIndex((one) => one.leadId === next);
    if (from >= 0) return passed.slice(from).reduce((first, one) => (one.leadId < first.leadId ? one : first));
    identity = await stored(table, next);
  }
  return passed.at(-1);
};

/** A person's id, those of their browsers and records, and of whoever was merged into them, with theirs; each once. */
export const identitiesOf = async (table: Table, leadId: string): Promise<string[]> => {
  const known = new Set([leadId]);
  let people = [leadId];
  while (people.length > 0) {
    const leads = allOf('lead', await getAll(table, people.map(leadKey)));
    const held = leads.flatMap(({ parts }) => Object.entries(parts));
    const news = held.flatMap(([id, { state }]) => (state === undefined || known.has(id) ? [] : [id]));
    for (const id of news) known.add(id);
    people = news.filter(isPerson);
  }
  return [...known];
};
