// Judges an account anew from its partition and saves what changed, each item with the events that follow from it.
import { isLive } from '../domain/account-fate.ts';
import { type AccountGroup, assessGroup } from '../domain/assessment.ts';
import type { Clock, Consumer, Item, Log, Meter, Table } from '../ports.ts';
import { allOf, membersOf } from '../table/items.ts';
import { accountPartition } from '../table/keys.ts';
import { type Assessed, accountWrite, leadWrites, type Occasion } from './assessment-writes.ts';
import { consumeEvents } from './consume.ts';
import { dueWrite } from './next-assessment.ts';
import type { PlaybookReader } from './playbooks.ts';
import { retryConflicts } from './retry-conflicts.ts';

export interface AssessPorts {
  table: Table;
  playbook: PlaybookReader;
  clock: Clock;
  log: Log;
  meter?: Meter | undefined;
  /** The tenant has a CRM that is told what is judged. */
  tellsCrm?: boolean | undefined;
}

/** An account everybody has left and the CRM says nothing of is in no list: where it once stood depends on who came first. */
const isEmpty = ({ account, members, opportunities, contracts }: AccountGroup): boolean =>
  account === undefined && members.length + opportunities.length + contracts.length === 0;

/** What the CRM says of it; once it is deleted there, or merged into another, nothing. */
const accountIn = (items: readonly Item[]): AccountGroup['account'] => {
  const [account] = allOf('account', items);
  return account && isLive(account.facts) ? account.facts : undefined;
};

const dealsIn = <Type extends 'opportunity' | 'contract'>(type: Type, items: readonly Item[]) =>
  allOf(type, items).flatMap(({ gone, facts, dealId }) => (gone ? [] : [{ ...facts, id: dealId }]));

/** What an account's partition says of it. */
export const groupOf = (items: readonly Item[]): AccountGroup => ({
  account: accountIn(items),
  members: membersOf(items),
  opportunities: dealsIn('opportunity', items),
  contracts: dealsIn('contract', items),
});

/** When statuses that are held are let go. */
const releasesOf = (items: readonly Item[], assessed: readonly Assessed[]): string[] => {
  const written = new Set(assessed.map(({ sk }) => sk));
  const stored = [...allOf('account-assessment', items), ...allOf('lead-assessment', items)];
  const untouched = stored.filter(({ sk }) => !written.has(sk));
  const holds = [...untouched.map(({ assessment }) => assessment.hold), ...assessed.map(({ hold }) => hold)];
  return holds.flatMap((hold) => hold?.until ?? []);
};

/** When the first of the visitors nobody knows is kept no longer: nothing else would tell. */
const firstEnd = (items: readonly Item[]): string[] => {
  const ends = membersOf(items).flatMap(({ ttl }) => ttl ?? []);
  return ends.length === 0 ? [] : [new Date((Math.min(...ends) + 1) * 1_000).toISOString()];
};

/** The CRM's records: of the people by their members, of the account its own, as long as the CRM has it. */
const recordsIn = (items: readonly Item[]): Occasion['recordsOf'] => {
  const [account] = allOf('account', items);
  const own = account?.record && isLive(account.facts) ? [account.accountId] : [];
  const byLead = new Map(membersOf(items).map(({ leadId, records }) => [leadId, records]));
  return (leadId) => (leadId === undefined ? own : byLead.get(leadId));
};

/** Each item is written on its own version, with its own events: what another assessment wrote meanwhile is a conflict and
 * means another look, what is written already stands as the same look would write it. */
const assessAccount = async (
  { table, clock, playbook, log, tellsCrm }: AssessPorts,
  accountId: string,
): Promise<void> => {
  const items = await table.query(accountPartition(accountId));
  const now = new Date(clock.now()).toISOString();
  const group = groupOf(items);
  const live = await playbook();
  const judged = assessGroup(group, live, now);
  const { account, leads } = judged;
  const before = allOf('account-assessment', items)[0];
  const recordsOf = tellsCrm ? recordsIn(items) : () => undefined;
  const occasion = { accountId, playbook: live, now, recordsOf };
  const own = accountWrite(occasion, before, account, isEmpty(group));
  const assessed = [...leadWrites(occasion, items, leads), ...(own === undefined ? [] : [own])];
  const outlook = { group, playbook: live, now, judged };
  const others = [...releasesOf(items, assessed), ...firstEnd(items)];
  const due = dueWrite(accountId, allOf('due', items)[0], outlook, others);
  const all = [...assessed.map(({ write }) => write), ...(due === undefined ? [] : [due])];
  const results = await Promise.allSettled(all.map((write) => table.write(write)));
  const failure = results.find(({ status }) => status === 'rejected');
  if (failure?.status === 'rejected') throw failure.reason;
  for (const { flapping } of assessed) {
    if (flapping !== undefined) log.warn('a status is held, since it goes round in circles', { ...flapping });
  }
};

/** Assesses an account now; somebody else's assessment in between means another look. */
export const assess = (ports: AssessPorts, accountId: string): Promise<void> =>
  retryConflicts(() => assessAccount(ports, accountId));

/** A batch collapses to one assessment per account. */
export const createAssess = (ports: AssessPorts): Consumer => {
  const consume = consumeEvents(
    ports.log,
    ['lead-changed.v1', 'account-changed.v1', 'assessment-due.v1'],
    ({ accountId }) => accountId,
    ({ accountId }) => assess(ports, accountId),
  );
  return async (messages) => {
    const { failed } = await consume(messages);
    ports.meter?.record({ Assessed: messages.length - failed.length });
    return { failed };
  };
};
