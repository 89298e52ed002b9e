// Keeps out what comes late of people who were erased. What stands in their place is read with the identity anyway; only who is linked
// to a person for the first time has to look whether that is one of them.

import type { Captured } from '../../../events/catalogue.ts';
import { idsOfAddresses } from '../../domain/addresses-in-text.ts';
import { isBack, linesSince } from '../../domain/erased.ts';
import type { Sorted } from '../../domain/journal/subjects.ts';
import { contactsIn, withoutContacts } from '../../domain/mentions.ts';
import type { Table } from '../../ports.ts';
import { getAll } from '../../table/get-all.ts';
import { allOf, type StoredItem } from '../../table/items.ts';
import { leadKey } from '../../table/keys.ts';
import type { IdentityWork } from './hear-identity.ts';
import type { PersonWork } from './person-work.ts';

type Stored = StoredItem<'lead'>;

/** What a person's work comes to once they were erased. */
export const unlessErased = (previous: Stored | undefined, work: PersonWork): PersonWork => {
  const { erased } = previous ?? {};
  if (previous === undefined || erased === undefined) return work;
  const lines = linesSince(erased, work.lines, isBack(previous));
  const decisions = work.decisions?.filter(({ decision }) => decision.at > erased.at && isBack(previous));
  const isNews = ({ id, version }: PersonWork['parts'][number]): boolean =>
    version > (previous.parts[id]?.version ?? 0);
  const bringsBack = work.parts.some((part) => part.state !== undefined && isNews(part));
  const comesBack = lines.length > 0 || bringsBack || isBack(previous);
  const { email, byRecords, mergedInto, ...rest } = work;
  return {
    ...rest,
    lines,
    ...(decisions && { decisions }),
    ...(comesBack && { email, byRecords, mergedInto }),
  } as PersonWork;
};

const nothing = { lines: [], links: [], aliases: [], tookIn: [], decisions: [] } as const;

/** Nothing is left to hear: of an identity nobody knows nothing is kept. */
export const isNothing = ({ lines, links, aliases = [], tookIn = [], decisions = [] }: IdentityWork): boolean =>
  [lines, links, aliases, tookIn, decisions].every(({ length }) => length === 0);

/** The people among those linked here for the first time who were erased. */
const erasedAmong = async (
  table: Table,
  links: IdentityWork['links'],
  known: Stored | undefined,
): Promise<Map<string, Stored>> => {
  const fresh = [...new Set(links.map(({ leadId }) => leadId))].filter((id) => known?.links[id] === undefined);
  const people = fresh.length === 0 ? [] : allOf('lead', await getAll(table, fresh.map(leadKey)));
  return new Map(people.filter(({ erased }) => erased !== undefined).map((person) => [person.leadId, person]));
};

/** What the work of a browser or a record comes to. The CRM's word on a record of theirs counts no more, whenever it is said; nor on a
 * new record of who has not come back. */
export const unlessTheirs = async (
  table: Table,
  previous: Stored | undefined,
  work: IdentityWork,
): Promise<IdentityWork> => {
  const { erased } = previous ?? {};
  if (erased !== undefined && work.kind === 'crm') return { ...work, ...nothing, record: undefined };
  const people = await erasedAmong(table, work.links, previous);
  if (erased === undefined && people.size === 0) return work;
  const isKeptOut = (person: Stored): boolean => !isBack(person) && person.erased?.lifted === undefined;
  if (work.kind === 'crm' && [...people.values()].some(isKeptOut)) return { ...work, ...nothing };
  const lifted = [...people.values()].flatMap((person) => (person.erased?.lifted ? [person.erased.at] : []));
  const since = erased?.at ?? lifted.sort().at(-1) ?? '';
  return {
    ...work,
    lines: work.lines.filter(({ occurredAt }) => occurredAt > since),
    links: work.links.filter(({ leadId, at }) => at > since && at > (people.get(leadId)?.erased?.at ?? '')),
    aliases: work.aliases?.filter(({ at }) => at > since),
    decisions: work.decisions?.filter(({ decision }) => decision.at > since),
  } as IdentityWork;
};

const erasedOf = async (table: Table, ids: readonly string[]): Promise<Stored[]> => {
  const leads = [...new Set(ids)].filter((id) => !id.startsWith('rcpt_'));
  if (leads.length === 0) return [];
  return allOf('lead', await getAll(table, leads.map(leadKey))).filter(({ erased }) => erased !== undefined);
};

/** The lines of a deal without contacts who were erased. */
export const withoutErasedContacts = async (table: Table, lines: readonly Captured[]): Promise<readonly Captured[]> => {
  const erased = await erasedOf(table, lines.flatMap(contactsIn));
  const ids = new Set(erased.filter((person) => !isBack(person)).map(({ leadId }) => leadId));
  return ids.size === 0 ? lines : lines.map((line) => withoutContacts(ids, line));
};

/** What joins others to somebody erased, or is refused and has their address: who reads it has to look whether there is such a one. */
export const isKeptOut = async (table: Table, line: Captured, sorted: Sorted): Promise<boolean> => {
  const named =
    'refused' in sorted
      ? idsOfAddresses(JSON.stringify(line))
      : line.type === 'identity-decided.v1'
        ? sorted.assignments.flatMap(({ subject }) => ('leadId' in subject ? [subject.leadId] : []))
        : [];
  const erased = await erasedOf(table, named);
  return erased.some((person) => line.occurredAt <= person.erased!.at);
};
