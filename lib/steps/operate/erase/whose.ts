// All that is one person: their addresses, browsers, sign-ins, CRM records and whoever was merged with them, by id.
import { mergedWith } from '../../../domain/identity-decisions.ts';
import { isPerson } from '../../../domain/ids.ts';
import { holderIn } from '../../../domain/visitor-names.ts';
import type { Table } from '../../../ports.ts';
import { getAll } from '../../../table/get-all.ts';
import { allOf, type StoredItem } from '../../../table/items.ts';
import { leadKey } from '../../../table/keys.ts';

type Lead = StoredItem<'lead'>;

/** Identities that may be of the same person, as one of them knows. */
const nextTo = (item: Lead): string[] => {
  if (item.kind !== 'email') {
    const holder = holderIn(item);
    return [...(holder ? [holder.leadId] : []), ...(item.mergedWith ?? [])];
  }
  const held = Object.entries(item.parts).filter(([, { state }]) => state !== undefined);
  return [
    ...held.map(([id]) => id),
    ...Object.keys(item.earlier?.versions ?? {}),
    ...mergedWith(item),
    ...(item.mergedInto ? [item.mergedInto] : []),
    ...(item.erased?.with ?? []),
  ];
};

/** Of a browser or a record: that of one of these people, or of nobody where nobody is. */
const isTheirs = (item: Lead, people: ReadonlySet<string>): boolean => {
  if (item.kind === 'email') return true;
  const holder = holderIn(item);
  return holder === undefined || people.has(holder.leadId);
};

/** The items of everything that is one with this identity; empty where nothing is known of it. */
export const identitiesOf = async (
  table: Pick<Table, 'getMany'>,
  leadIds: readonly string[],
): Promise<Map<string, Lead>> => {
  const found = new Map<string, Lead>();
  const people = new Set(leadIds.filter(isPerson));
  let next = [...leadIds];
  while (next.length > 0) {
    const items = allOf('lead', await getAll(table as Table, next.map(leadKey)));
    for (const { leadId } of items) if (isPerson(leadId)) people.add(leadId);
    const theirs = items.filter((item) => leadIds.includes(item.leadId) || isTheirs(item, people));
    for (const item of theirs) found.set(item.leadId, item);
    next = [...new Set(theirs.flatMap(nextTo))].filter((id) => !found.has(id) && !items.some((i) => i.leadId === id));
  }
  return found;
};
