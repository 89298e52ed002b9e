// Judges an account anew from its partition and saves what changed, each item with the events that follow from it.
import type { Published } from '../../events/catalogue.ts';
import { type AccountAssessment, type AccountGroup, assessGroup, type LeadAssessment } from '../domain/assessment.ts';
import { eventIdOf } from '../domain/ids.ts';
import { type StatusChange, withChange } from '../domain/status/history.ts';
import type { Clock, Consumer, Item, Log, Table, Write } from '../ports.ts';
import { isSame } from '../table/is-same.ts';
import { allOf, membersOf, replacing, type StoredItem } from '../table/items.ts';
import { accountPartition, accountsList, assessmentKey } from '../table/keys.ts';
import { alertsOf } from './alerts.ts';
import { consumeEvents } from './consume.ts';
import { dueWrite } from './next-assessment.ts';
import type { PlaybookReader } from './playbooks.ts';
import { retryConflicts } from './retry-conflicts.ts';

export interface AssessPorts {
  table: Table;
  playbook: PlaybookReader;
  clock: Clock;
  log: Log;
}

/** Where everyone begins, before anything is known of them. */
const unassessed = 'Pre-Qualified';

/** The status a lead leaves an account with when it moves to another. */
const movedAway = 'Moved';

/** An account everybody has left and the CRM says nothing of is in no list: where it once stood depends on who came first. */
const isEmpty = ({ account, members, opportunities, contracts }: AccountGroup): boolean =>
  account === undefined && members.length + opportunities.length + contracts.length === 0;

/** What an account's partition says of it. */
export const groupOf = (items: readonly Item[]): AccountGroup => ({
  account: allOf('account', items)[0]?.facts,
  members: membersOf(items),
  opportunities: allOf('opportunity', items).map(({ facts }) => facts),
  contracts: allOf('contract', items).map(({ facts }) => facts),
});

/** What follows from one lead's new judgement. A lead qualifies each time it enters Qualified: also by the touch that did it
 * before, when it was followed up or put aside in between, since somebody has to act anew. */
const leadEvents = (
  accountId: string,
  before: StoredItem<'lead-assessment'> | undefined,
  { leadId, grade, qualifiedAt }: LeadAssessment,
  { from, to, at }: StatusChange,
): { changed: Published; qualified?: Published } => {
  const id = eventIdOf('lead-status', accountId, leadId, String((before?.version ?? 0) + 1), to);
  const changed: Published = { type: 'lead-status-changed.v1', id, at, accountId, leadId, from, to };
  if (to !== 'Qualified' || qualifiedAt === undefined) return { changed };
  const cause = eventIdOf('lead-qualified', accountId, leadId, qualifiedAt, at);
  return { changed, qualified: { type: 'lead-qualified.v1', id: cause, at, accountId, leadId, qualifiedAt, grade } };
};

/** The lead's item with its new judgement; undefined when it stands already. */
const leadWrite = (
  accountId: string,
  before: StoredItem<'lead-assessment'> | undefined,
  assessment: LeadAssessment,
  now: string,
): Write | undefined => {
  if (before && !before.gone && isSame(before.assessment, assessment)) return undefined;
  const key = assessmentKey(accountId, assessment.leadId);
  const from = before?.gone ? movedAway : (before?.assessment.status ?? unassessed);
  const about = { ...key, type: 'lead-assessment' as const, accountId, assessment, assessedAt: now };
  const { since = now, history = [], generation } = before ?? {};
  if (from === assessment.status) return replacing(before, { ...about, since, history, generation });
  const change = { from, to: assessment.status, at: now, reason: assessment.reason };
  const { changed, qualified } = leadEvents(accountId, before, assessment, change);
  const next = { since: now, history: withChange(history, change), generation: qualified?.id ?? generation };
  return replacing(before, { ...about, ...next }, qualified ? [changed, qualified] : [changed]);
};

/** What a lead that moved to another account leaves here: its history. */
const farewell = (before: StoredItem<'lead-assessment'>, now: string): Write => {
  const { pk, sk, accountId, version, assessment } = before;
  const { leadId, status: from } = assessment;
  const id = eventIdOf('lead-status', accountId, leadId, String(version + 1), movedAway);
  const history = withChange(before.history, {
    from,
    to: movedAway,
    at: now,
    reason: 'Belongs to another account now.',
  });
  return replacing(
    before,
    { pk, sk, type: 'lead-assessment', accountId, assessment, since: now, assessedAt: now, history, gone: true },
    [{ type: 'lead-status-changed.v1', id, at: now, accountId, leadId, from, to: movedAway }],
  );
};

const leadWrites = (
  accountId: string,
  items: readonly Item[],
  leads: readonly LeadAssessment[],
  now: string,
): Write[] => {
  const stored = new Map(allOf('lead-assessment', items).map((item) => [item.assessment.leadId, item]));
  const current = new Set(leads.map(({ leadId }) => leadId));
  const left = [...stored.values()].filter(({ gone, assessment }) => !gone && !current.has(assessment.leadId));
  return [
    ...leads.flatMap((lead) => leadWrite(accountId, stored.get(lead.leadId), lead, now) ?? []),
    ...left.map((before) => farewell(before, now)),
  ];
};

const accountWrite = (
  accountId: string,
  before: StoredItem<'account-assessment'> | undefined,
  assessment: AccountAssessment,
  empty: boolean,
  now: string,
): Write | undefined => {
  const asListed =
    before === undefined ? empty : isSame(before.assessment, assessment) && (before.listPk === undefined) === empty;
  if (asListed) return undefined;
  const { status: to, reason } = assessment;
  const from = before?.assessment.status ?? unassessed;
  const about = { ...assessmentKey(accountId), type: 'account-assessment' as const, accountId, assessment };
  const { since: known = now, history = [] } = before ?? {};
  const since = from === to ? known : now;
  // By when its status changed: a score that moves leaves the list, and the index, as it is.
  const list = empty ? {} : { listPk: accountsList, listSk: `${since}#${accountId}` };
  const alerts = alertsOf(accountId, before, assessment, now);
  const next = { ...about, ...list, since, assessedAt: now, toldSurge: alerts.told };
  if (from === to) return replacing(before, { ...next, history }, alerts.events);
  const id = eventIdOf('account-status', accountId, String((before?.version ?? 0) + 1), to);
  return replacing(before, { ...next, history: withChange(history, { from, to, at: now, reason }) }, [
    { type: 'account-status-changed.v1', id, at: now, accountId, from, to },
    ...alerts.events,
  ]);
};

/** Each item is written on its own version, with its own events: what another assessment wrote meanwhile is a conflict and
 * means another look, what is written already stands as the same look would write it. */
const assessAccount = async ({ table, clock, playbook }: AssessPorts, accountId: string): Promise<void> => {
  const items = await table.query(accountPartition(accountId));
  const now = new Date(clock.now()).toISOString();
  const group = groupOf(items);
  const live = await playbook();
  const judged = assessGroup(group, live, now);
  const { account, leads } = judged;
  const before = allOf('account-assessment', items)[0];
  const writes = leadWrites(accountId, items, leads, now);
  const own = accountWrite(accountId, before, account, isEmpty(group), now);
  const due = dueWrite(accountId, allOf('due', items)[0], { group, playbook: live, now, judged });
  const all = [...writes, own, due].filter((write) => write !== undefined);
  const results = await Promise.allSettled(all.map((write) => table.write(write)));
  const failure = results.find(({ status }) => status === 'rejected');
  if (failure?.status === 'rejected') throw failure.reason;
};

/** Assesses an account now; somebody else's assessment in between means another look. */
export const assess = (ports: AssessPorts, accountId: string): Promise<void> =>
  retryConflicts(() => assessAccount(ports, accountId));

/** A batch collapses to one assessment per account. */
export const createAssess = (ports: AssessPorts): Consumer =>
  consumeEvents(
    ports.log,
    ['lead-changed.v1', 'account-changed.v1', 'assessment-due.v1'],
    ({ accountId }) => accountId,
    ({ accountId }) => assess(ports, accountId),
  );
