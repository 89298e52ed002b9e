// The people a journal tells of: each with the browsers and records that turned out to be theirs, and with those they were merged
// with.
import { type Decided, type DecidedOn, survivorsOf } from '../identity-decisions.ts';
import type { Holder } from '../links.ts';
import { mergedRecords } from '../merged-records.ts';
import { heirsOf, holderIn } from '../visitor-names.ts';
import type { Heard, HeardIdentity } from './heard.ts';

/** `byMail`: theirs by the link of a mail alone. */
export interface Held<Touch> {
  id: string;
  identity: HeardIdentity<Touch>;
  byMail?: true | undefined;
}

/** A person's identities: the own one, where a line was about them by name, and those that turned out to be them. */
export interface Person<Touch> {
  leadId: string;
  email?: string | undefined;
  own: HeardIdentity<Touch> | undefined;
  held: Held<Touch>[];
  /** Whoever was decided to be this person. */
  merged: Person<Touch>[];
}

/** Who every browser and CRM record turned out to be, by their ids. */
export const holdersIn = <Touch>({ identities }: Heard<Touch>): Map<string, Holder> => {
  const withAliases = [...identities].filter(([, { aliases }]) => aliases !== undefined);
  const { heirs } = heirsOf(new Map(withAliases));
  const holders = new Map<string, Holder>();
  for (const [id, identity] of identities) {
    const holder = holderIn({ ...identity, heir: heirs.get(id) });
    if (holder !== undefined) holders.set(id, holder);
  }
  for (const [id, heir] of mergedRecords(recordsIn(identities)).heirs) holders.set(id, heir);
  return holders;
};

const recordsIn = <Touch>(identities: Heard<Touch>['identities']): Map<string, HeardIdentity<Touch>> =>
  new Map([...identities].filter(([, { kind }]) => kind === 'crm'));

/** What follows for people from records the CRM merged. */
const byRecordsIn = <Touch>(identities: Heard<Touch>['identities']): Map<string, Record<string, DecidedOn>> => {
  const byPerson = new Map<string, Record<string, DecidedOn>>();
  for (const [id, people] of mergedRecords(recordsIn(identities)).decisions) {
    for (const [leadId, decided] of people) byPerson.set(leadId, { ...byPerson.get(leadId), [id]: decided });
  }
  return byPerson;
};

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

/** Those who are nobody else. */
export const personsIn = <Touch>(
  { identities }: Heard<Touch>,
  holders: ReadonlyMap<string, Holder>,
): Map<string, Person<Touch>> => {
  const persons = new Map<string, Person<Touch>>();
  // Whoever was named by an id alone has the address that any line gave for it.
  const addresses = new Map<string, string>();
  for (const { links } of identities.values()) {
    for (const [leadId, { email }] of Object.entries(links)) if (email !== undefined) addresses.set(leadId, email);
  }
  const personOf = (leadId: string): Person<Touch> => {
    const own = identities.get(leadId);
    const email = own?.email ?? addresses.get(leadId);
    const person = persons.get(leadId) ?? { leadId, email, own, held: [], merged: [] };
    persons.set(leadId, person);
    return person;
  };
  for (const [id, identity] of identities) {
    if (identity.kind === 'email') {
      personOf(id);
      continue;
    }
    const holder = holders.get(id);
    if (holder !== undefined) personOf(holder.leadId).held.push({ id, identity, byMail: holder.byMail });
  }
  const byRecords = byRecordsIn(identities);
  // Whose a record was when the CRM merged it, though it has gone to somebody else since.
  for (const leadId of byRecords.keys()) personOf(leadId);
  // In the order of ids, as the table keeps a lead's parts.
  for (const { held } of persons.values()) held.sort(byId);
  const decided = [...persons.keys()].map((leadId): [string, Decided] => [
    leadId,
    { decisions: identities.get(leadId)?.decisions, byRecords: byRecords.get(leadId) },
  ]);
  for (const [leadId, survivor] of survivorsOf(new Map(decided))) {
    personOf(survivor).merged.push(personOf(leadId));
  }
  for (const person of [...persons.values()]) {
    for (const { leadId } of person.merged) persons.delete(leadId);
  }
  return persons;
};

/** Ids of all of a person's identities, the own first. */
export const identitiesOf = <Touch>({ leadId, held, merged }: Person<Touch>): string[] => [
  leadId,
  ...held.map(({ id }) => id),
  ...merged.flatMap((person) => identitiesOf(person)),
];
