// Gives a qualified lead an owner, once per qualification, atomically with the pool's turn.
import type { PublishedOf } from '../../events/catalogue.ts';
import { eventIdOf } from '../domain/identity.ts';
import { decideOwner } from '../domain/routing/decide-owner.ts';
import type { Clock, Consumer, Log, Table } from '../ports.ts';
import { as, replacing } from '../table/items.ts';
import { accountKey, assessmentKey, assignmentKey, poolKey, repKey } from '../table/keys.ts';
import { consumeEvents } from './consume.ts';
import { eventWrite } from './events.ts';
import type { PlaybookReader } from './playbooks.ts';
import { retryConflicts } from './retry-conflicts.ts';

export interface RoutePorts {
  table: Table;
  playbook: PlaybookReader;
  clock: Clock;
  log: Log;
}

const routeLead = async (ports: RoutePorts, event: PublishedOf<'lead-qualified.v1'>): Promise<void> => {
  const { table, clock } = ports;
  const { accountId, leadId, id: generation } = event;
  const playbook = await ports.playbook();
  const poolName = playbook.routing.defaultPool;
  const keys = [
    accountKey(accountId),
    repKey(accountId),
    assignmentKey(accountId, leadId),
    assessmentKey(accountId, leadId),
    poolKey(poolName),
  ];
  const items = await table.getMany(keys);
  const find = (index: number) => items.find(({ pk, sk }) => pk === keys[index]!.pk && sk === keys[index]!.sk);
  const assignment = as('assignment', find(2));
  const assessment = as('lead-assessment', find(3))?.assessment;
  if (assignment?.generation === generation) return;
  // The world may have moved on while the event waited: somebody followed up, or the lead went to another account.
  if (assessment?.status !== 'Qualified') return;

  const rep = as('rep', find(1));
  const pool = as('pool', find(4));
  const accountOwner = as('account', find(0))?.facts.ownerEmail?.value;
  const decision = decideOwner({ accountOwner, accountRep: rep?.owner.email, pool: pool?.counts ?? {} }, playbook);
  const at = new Date(clock.now()).toISOString();
  const { owner, reason } = decision;
  await table.transact([
    replacing(assignment, {
      ...assignmentKey(accountId, leadId),
      type: 'assignment',
      accountId,
      leadId,
      generation,
      owner,
      reason,
      at,
    }),
    replacing(rep, { ...repKey(accountId), type: 'rep', accountId, owner, reason, at }),
    ...(decision.pool === undefined
      ? []
      : [replacing(pool, { ...poolKey(poolName), type: 'pool', name: poolName, counts: decision.pool })]),
    eventWrite({ type: 'lead-routed.v1', id: eventIdOf('lead-routed', generation), at, accountId, leadId, generation }),
  ]);
};

export const createRoute = (ports: RoutePorts): Consumer =>
  consumeEvents(
    ports.log,
    ['lead-qualified.v1'],
    ({ id }) => id,
    (event) => retryConflicts(() => routeLead(ports, event)),
  );
