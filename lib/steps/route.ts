// Gives qualified leads an owner, once per qualification, atomically with the pool's turn.
import type { PublishedOf } from '../../events/catalogue.ts';
import { eventIdOf } from '../domain/ids.ts';
import { assignmentIdOf, type Owner } from '../domain/routing/assignment.ts';
import { crmOwnerOf } from '../domain/routing/crm-owner.ts';
import { decideOwner, type PoolCounts } from '../domain/routing/decide-owner.ts';
import type { Clock, Consumer, Item, Key, Log, Table, Write } from '../ports.ts';
import { getAll } from '../table/get-all.ts';
import { as, replacing, standing } from '../table/items.ts';
import { accountKey, assessmentKey, assignmentKey, poolKey, repKey } from '../table/keys.ts';
import { consumeEventsTogether } from './consume.ts';
import type { PlaybookReader } from './playbooks.ts';
import { retryConflicts } from './retry-conflicts.ts';

export interface RoutePorts {
  table: Table;
  playbook: PlaybookReader;
  clock: Clock;
  log: Log;
}

type LeadQualified = PublishedOf<'lead-qualified.v1'>;

const finder = (items: readonly Item[]): ((key: Key) => Item | undefined) => {
  const byKey = new Map(items.map((item) => [`${item.pk} ${item.sk}`, item]));
  return ({ pk, sk }) => byKey.get(`${pk} ${sk}`);
};

const load = async ({ table }: RoutePorts, events: readonly LeadQualified[], pool: Key) => {
  const keys = [pool];
  for (const accountId of new Set(events.map((event) => event.accountId)))
    keys.push(accountKey(accountId), repKey(accountId));
  for (const { accountId, leadId } of events)
    keys.push(assignmentKey(accountId, leadId), assessmentKey(accountId, leadId));
  return finder(await getAll(table, keys));
};

/** Decides lead after lead, each seeing the turns and reps of those before it, and saves all in one transaction. */
const routeTogether = async (ports: RoutePorts, events: readonly LeadQualified[]): Promise<void> => {
  const playbook = await ports.playbook();
  const poolName = playbook.routing.defaultPool;
  const find = await load(ports, events, poolKey(poolName));
  const storedPool = as('pool', find(poolKey(poolName)));
  const at = new Date(ports.clock.now()).toISOString();
  const reps = new Map<string, { owner: Owner; reason: string }>();
  const writes: Write[] = [];
  let counts: PoolCounts | undefined;
  for (const { accountId, leadId, id: generation, qualifiedAt } of events) {
    const assignment = as('assignment', find(assignmentKey(accountId, leadId)));
    const lead = standing(find(assessmentKey(accountId, leadId)));
    // A repeat, of this qualification or of an earlier one; or the world moved on while the event waited: somebody followed
    // up, or the lead went to another account.
    if (assignment?.generation === generation || lead?.generation !== generation) continue;
    if (lead.assessment.status !== 'Qualified') continue;
    const facts = as('account', find(accountKey(accountId)))?.facts ?? {};
    const { email: accountOwner, unknownId: unknownOwnerId } = crmOwnerOf(facts, playbook);
    const rep = reps.get(accountId) ?? as('rep', find(repKey(accountId)));
    const pool = counts ?? storedPool?.counts ?? {};
    const known = { accountOwner, unknownOwnerId, accountRep: rep?.owner.email, pool };
    const { owner, reason, pool: after } = decideOwner(known, playbook);
    counts = after ?? counts;
    reps.set(accountId, { owner, reason });
    const turn = (assignment?.turn ?? 0) + 1;
    const assignmentId = assignmentIdOf(generation, turn);
    const given = { owner, reason, at, qualifiedAt, explanation: [], history: [] };
    const next = { accountId, leadId, generation, assignmentId, turn, ...given };
    const id = eventIdOf('lead-routed', assignmentId);
    const routed = { type: 'lead-routed.v1' as const, id, at, accountId, leadId, generation, assignmentId };
    writes.push(replacing(assignment, { ...assignmentKey(accountId, leadId), type: 'assignment', ...next }, [routed]));
  }
  for (const [accountId, { owner, reason }] of reps) {
    const stored = as('rep', find(repKey(accountId)));
    writes.push(replacing(stored, { ...repKey(accountId), type: 'rep', accountId, owner, reason, at }));
  }
  if (counts !== undefined)
    writes.push(replacing(storedPool, { ...poolKey(poolName), type: 'pool', name: poolName, counts }));
  if (writes.length > 0) await ports.table.transact(writes);
};

/** A transaction takes 100 writes: two a lead at most and one for the pool. */
const leadsAtOnce = 45;

export const createRoute = (ports: RoutePorts): Consumer =>
  consumeEventsTogether(ports.log, ['lead-qualified.v1'], leadsAtOnce, (events) =>
    retryConflicts(() => routeTogether(ports, events)),
  );
