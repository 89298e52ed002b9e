// Makes aggregates anew from the trail, in the live table while intake goes on: each is written on condition that nobody wrote it
// since, and what hangs on it follows by folding one of its lines once more. Statuses then follow by the usual events.
import * as z from 'zod';
import { isoDay } from '../../domain/days.ts';
import type { AskedOf, Json } from '../../domain/operations.ts';
import { trailReach } from '../../domain/retention.ts';
import { described, type Item } from '../../ports.ts';
import { getAll } from '../../table/get-all.ts';
import { allOf, as } from '../../table/items.ts';
import { accountKey, accountPartition, dealKey, leadKey } from '../../table/keys.ts';
import { sideBySide } from '../side-by-side.ts';
import { rebuildAccount, rebuildDeal } from './rebuild/rebuild-crm.ts';
import { type Outcome, rebuildLead } from './rebuild/rebuild-lead.ts';
import { adding, type OperatePorts, type RunSlice } from './slice.ts';

const pageSize = 100;
/** A slice ends after so many pages or milliseconds, whichever comes first: the function has a minute. */
const pagesAtOnce = 20;
const sliceMs = 15_000;
const ownersAtOnce = 8;

interface Owner {
  is: 'lead' | 'account' | 'deal';
  id: string;
}

const ownerNamed = (id: string): Owner => {
  if (id.startsWith('deal_')) return { is: 'deal', id };
  return { is: id.startsWith('acct_') ? 'account' : 'lead', id };
};

const keyOf = ({ is, id }: Owner) => (is === 'lead' ? leadKey(id) : is === 'deal' ? dealKey(id) : accountKey(id));

/** Each is seen to where its own item lies; where it has none, where its trail lies. */
const ownersIn = async (ports: OperatePorts, items: readonly Item[]): Promise<Owner[]> => {
  const own = [
    ...allOf('lead', items).map(({ leadId: id }): Owner => ({ is: 'lead', id })),
    ...allOf('account', items).map(({ accountId: id }): Owner => ({ is: 'account', id })),
    ...allOf('deal', items).map(({ dealId: id }): Owner => ({ is: 'deal', id })),
  ];
  const trailed = [...new Set(allOf('trail', items).map(({ owner }) => owner))].map(ownerNamed);
  const there = new Set((await getAll(ports.table, trailed.map(keyOf))).map(({ pk, sk }) => `${pk} ${sk}`));
  const orphaned = trailed.filter((owner) => !there.has(`${keyOf(owner).pk} ${keyOf(owner).sk}`));
  return [...new Map([...own, ...orphaned].map((owner) => [owner.id, owner])).values()];
};

const rebuildOne = (ports: OperatePorts, { is, id }: Owner, named: boolean): Promise<Outcome> => {
  if (is === 'lead') return rebuildLead(ports, id, named);
  return is === 'deal' ? rebuildDeal(ports, id) : rebuildAccount(ports, id, named);
};

const rebuildThese = async (ports: OperatePorts, owners: readonly Owner[], named: boolean) => {
  const counts = { lookedAt: 0, mended: 0, couldNot: 0 };
  const notes: string[] = [];
  await sideBySide(owners, ownersAtOnce, async (owner) => {
    counts.lookedAt += 1;
    try {
      if ((await rebuildOne(ports, owner, named)) === 'mended') counts.mended += 1;
    } catch (error) {
      ports.log.error('an aggregate could not be rebuilt', { owner: owner.id, ...described(error) });
      counts.couldNot += 1;
      if (notes.length < 20) notes.push(`could not: ${owner.id}`);
    }
  });
  return { counts, notes };
};

/** An account with all in it, a lead with the identities it holds. */
const ownersNamed = async ({ table }: OperatePorts, { lead, account }: AskedOf<'rebuild'>): Promise<Owner[]> => {
  const owners: Owner[] = [];
  if (lead !== undefined) {
    const stored = as('lead', await table.get(leadKey(lead)));
    const parts = Object.keys({ ...stored?.parts, ...stored?.earlier?.versions });
    owners.push(...[...parts, lead].map((id): Owner => ({ is: 'lead', id })));
  }
  if (account !== undefined) {
    const items = await table.query(accountPartition(account));
    owners.push({ is: 'account', id: account });
    owners.push(...allOf('member', items).map(({ leadId: id }): Owner => ({ is: 'lead', id })));
    for (const type of ['opportunity', 'contract'] as const)
      owners.push(...allOf(type, items).map(({ dealId: id }): Owner => ({ is: 'deal', id })));
  }
  return owners;
};

/** How far back it could look. */
const reachIn = ({ retention, clock }: OperatePorts): string[] => {
  if (retention === undefined) return [];
  const now = new Date(clock.now()).toISOString();
  const [people, visitors] = [false, true].map((nobodys) => isoDay(trailReach(retention, nobodys, now)));
  return [
    `trails reach back to ${people}, of visitors nobody knows to ${visitors}: what was counted before stays as it was`,
  ];
};

const scanning = z.object({ cursor: z.string() });

export const rebuild: RunSlice<AskedOf<'rebuild'>> = async (ports, { asked, progress, report }) => {
  if (asked.lead !== undefined || asked.account !== undefined) {
    const { counts, notes } = await rebuildThese(ports, await ownersNamed(ports, asked), true);
    return { done: true, report: adding(report, counts, [...notes, ...reachIn(ports)]) };
  }
  const until = ports.clock.now() + sliceMs;
  const under = scanning.safeParse(progress);
  let cursor = under.success ? under.data.cursor : undefined;
  let soFar = adding(report, {});
  for (let page = 0; page < pagesAtOnce && ports.clock.now() < until; page += 1) {
    const { items, next } = await ports.table.scan(cursor, pageSize);
    const { counts, notes } = await rebuildThese(ports, await ownersIn(ports, items), false);
    soFar = adding(soFar, counts, notes);
    if (next === undefined) return { done: true, report: adding(soFar, {}, reachIn(ports)) };
    cursor = next;
  }
  const from: Json = { cursor: cursor ?? '' };
  return { done: false, progress: from, report: soFar };
};
