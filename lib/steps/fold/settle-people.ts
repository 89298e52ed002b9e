// Carries what was decided of a person to everyone they are merged with: who of them stays. Why it holds together is said in
// `settle-names.ts`; a person's own decisions are what others depend on here.
import { mergedWith, survivorsOf } from '../../domain/identity-decisions.ts';
import { getAll } from '../../table/get-all.ts';
import { allOf, type StoredItem } from '../../table/items.ts';
import { leadKey } from '../../table/keys.ts';
import { foldPerson } from './fold-person.ts';
import type { Folding } from './folding.ts';

type People = Map<string, StoredItem<'lead'>>;

/** As many as anybody merges by hand, ten times over. */
const mostRead = 500;

const mergedAround = async ({ table }: Folding, leadId: string): Promise<People> => {
  const people: People = new Map();
  let next = [leadId];
  while (next.length > 0 && people.size < mostRead) {
    const found = allOf('lead', await getAll(table, next.map(leadKey)));
    for (const person of found) people.set(person.leadId, person);
    next = [...new Set(found.flatMap(mergedWith))].filter((id) => !people.has(id));
  }
  return people;
};

const mostLooks = 20;

/** Tells everyone merged with this person who stays; answers them. */
export const settlePeople = async (folding: Folding, leadId: string): Promise<StoredItem<'lead'>[]> => {
  for (let looks = 0; looks < mostLooks; looks += 1) {
    const people = await mergedAround(folding, leadId);
    const survivors = survivorsOf(people);
    const wrong = [...people.keys()].filter((id) => people.get(id)!.mergedInto !== survivors.get(id));
    if (wrong.length === 0) return [...people.values()];
    for (const id of wrong) {
      await foldPerson(folding, { leadId: id, lines: [], parts: [], mergedInto: survivors.get(id) ?? null });
    }
  }
  throw new Error(`those merged with ${leadId} would not settle`);
};
