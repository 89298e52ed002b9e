// What stands in the place of an identity that was erased: ids and moments, from which nobody can tell who it was, but by which what comes
// late of them is known.
import { isBack } from '../../../domain/erased.ts';
import { recipientIdOf } from '../../../domain/ids.ts';
import { emptyState } from '../../../domain/lead.ts';
import type { Table } from '../../../ports.ts';
import { as, type NewItem, replacing, type StoredItem } from '../../../table/items.ts';
import { leadKey } from '../../../table/keys.ts';
import { retryConflicts } from '../../retry-conflicts.ts';

type Lead = StoredItem<'lead'>;

export interface Erasing {
  /** Of all that is theirs: identities, and addresses as recipients of mail. */
  ids: ReadonlySet<string>;
  /** What happened up to then is erased. ISO. */
  at: string;
}

const kindOf = (leadId: string): Lead['kind'] =>
  leadId.startsWith('visitor_') ? 'visitor' : leadId.startsWith('crm_') ? 'crm' : 'email';

const momentShape = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** Whether it has anything from the time that is erased. */
export const isFromBefore = (
  at: string,
  { outbox: _, erased: __, ...stored }: { outbox?: unknown; erased?: unknown },
): boolean => (JSON.stringify(stored).match(momentShape) ?? []).some((moment) => moment <= at);

/** What a browser keeps of other people who used it: that is theirs. */
const linksOfOthers = ({ ids }: Erasing, item: Lead | undefined): Lead['links'] =>
  Object.fromEntries(Object.entries(item?.links ?? {}).filter(([leadId]) => !ids.has(leadId)));

const tombstoneOf = (
  erasing: Erasing,
  leadId: string,
  item: Lead | undefined,
  parts: Lead['parts'],
): NewItem<'lead'> => {
  const version = (item?.version ?? 0) + 1;
  const left = [...Object.keys(item?.movedFrom ?? {}), ...(item?.match ? [item.match.accountId] : [])];
  return {
    ...leadKey(leadId),
    ...{ type: 'lead', leadId, kind: item?.kind ?? kindOf(leadId), own: emptyState },
    ...{ links: linksOfOthers(erasing, item), parts },
    movedFrom: Object.fromEntries(left.map((accountId) => [accountId, version])),
    erased: { at: erasing.at, with: [...erasing.ids].filter((id) => !id.startsWith('rcpt_')).sort() },
  };
};

/** The versions up to which news of these is old. */
const partsOf = (item: Lead | undefined, versions: ReadonlyMap<string, number>): Lead['parts'] => {
  if (item?.kind !== 'email' && item !== undefined) return {};
  const known = { ...item?.earlier?.versions, ...Object.fromEntries(versions) };
  for (const [id, { version }] of Object.entries(item?.parts ?? {})) known[id] = Math.max(known[id] ?? 0, version);
  return Object.fromEntries(
    Object.entries(known)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, version]) => [id, { version }]),
  );
};

/** Browsers and records first: whoever they are of then knows which of their news is old. Answers how many held anything. */
export const putTombstones = async (table: Table, erasing: Erasing): Promise<number> => {
  const versions = new Map<string, number>();
  let held = 0;
  const inOrder = [...erasing.ids]
    .filter((id) => !id.startsWith('rcpt_'))
    .sort((a, b) => Number(kindOf(a) === 'email') - Number(kindOf(b) === 'email'));
  for (const leadId of inOrder) {
    await retryConflicts(async () => {
      const stored = as('lead', await table.get(leadKey(leadId)));
      const parts = kindOf(leadId) === 'email' ? partsOf(stored, versions) : {};
      await table.write(replacing(stored, tombstoneOf(erasing, leadId, stored, parts)));
      versions.set(leadId, (stored?.version ?? 0) + 1);
      if (stored !== undefined && (stored.erased === undefined || isBack(stored))) held += 1;
    });
  }
  return held;
};

/** The ids under which mail to them is known. */
export const recipientsAmong = (items: Iterable<Lead>): string[] =>
  [...items].flatMap(({ email, links }) =>
    [email, ...Object.values(links).map((link) => link.email)].flatMap((address) =>
      address ? [recipientIdOf(address)] : [],
    ),
  );
