// Carries what the CRM merged to the records concerned and to the people they are of: whose each record is, and who is one with whom, as
// `domain/merged-records.ts` decides it from all of them. Why it holds together is said in `settle-names.ts`.
import type { DecidedOn } from '../../domain/identity-decisions.ts';
import { type MergedRecords, mergedRecords } from '../../domain/merged-records.ts';
import { getAll } from '../../table/get-all.ts';
import { isSame } from '../../table/is-same.ts';
import { allOf, type StoredItem } from '../../table/items.ts';
import { leadKey } from '../../table/keys.ts';
import { foldIdentity } from './fold-identity.ts';
import { foldPerson } from './fold-person.ts';
import type { Folding } from './folding.ts';
import { everyoneEver } from './person-tasks.ts';
import type { PersonWork } from './person-work.ts';

type Records = Map<string, StoredItem<'lead'>>;

/** More records of one person are a mistake in somebody's script. */
const mostRead = 500;

const recordsAround = async ({ table }: Folding, leadId: string): Promise<Records> => {
  const records: Records = new Map();
  let next = [leadId];
  while (next.length > 0 && records.size < mostRead) {
    const found = allOf('lead', await getAll(table, next.map(leadKey)));
    for (const record of found) records.set(record.leadId, record);
    next = [...new Set(found.flatMap(({ mergedWith = [] }) => mergedWith))].filter((id) => !records.has(id));
  }
  return new Map([...records].sort(([a], [b]) => (a < b ? -1 : 1)));
};

type Told = Required<Pick<PersonWork, 'leadId' | 'byRecords'>> & Pick<PersonWork, 'email'>;

/** People whom these records are or were of, and who do not know yet what follows for them. */
const peopleToTell = async (
  { table }: Folding,
  records: Records,
  decisions: MergedRecords['decisions'],
): Promise<Told[]> => {
  const emails = new Map<string, string | undefined>();
  for (const record of records.values()) {
    for (const leadId of everyoneEver(record)) emails.set(leadId, record.links[leadId]?.email ?? emails.get(leadId));
  }
  const people = allOf('lead', await getAll(table, [...emails.keys()].map(leadKey)));
  const known = new Map(people.map((person) => [person.leadId, person.byRecords ?? {}]));
  return [...emails].flatMap(([leadId, email = '']): Told[] => {
    const theirs = [...records.keys()].map((id): [string, DecidedOn | undefined] => [
      id,
      decisions.get(id)?.get(leadId),
    ]);
    const now = known.get(leadId);
    if (theirs.every(([id, decided]) => isSame(now?.[id], decided))) return [];
    return [{ leadId, ...(email && { email }), byRecords: Object.fromEntries(theirs) }];
  });
};

const mostLooks = 20;

/** Tells every record merged with this one whose it is, and everyone they are of; answers the records. */
export const settleRecords = async (folding: Folding, leadId: string): Promise<StoredItem<'lead'>[]> => {
  for (let looks = 0; looks < mostLooks; looks += 1) {
    const records = await recordsAround(folding, leadId);
    const { heirs, decisions } = mergedRecords(records);
    const wrong = [...records.values()].filter((record) => !isSame(record.heir, heirs.get(record.leadId)));
    const people = await peopleToTell(folding, records, decisions);
    if (wrong.length + people.length === 0) return [...records.values()];
    for (const { leadId: id } of wrong) {
      await foldIdentity(folding, { leadId: id, kind: 'crm', lines: [], links: [], heir: heirs.get(id) ?? null });
    }
    for (const person of people) await foldPerson(folding, { ...person, lines: [], parts: [] });
  }
  throw new Error(`the records merged with ${leadId} would not settle`);
};
