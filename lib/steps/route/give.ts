// Writes who gets a lead: the next turn of its assignment, what that changes in anybody's load, and the event that tells of it.
import { eventIdOf } from '../../domain/ids.ts';
import {
  type Assignment,
  assignmentIdOf,
  type Owner,
  type PastAssignment,
  type RoutingStep,
  type Waiting,
} from '../../domain/routing/assignment.ts';
import { personOf } from '../../domain/routing/availability.ts';
import type { PoolCounts } from '../../domain/routing/pool.ts';
import { as, type NewItem, replacing, type StoredItem } from '../../table/items.ts';
import { assessmentKey, assignmentKey, ownedList, waitingList } from '../../table/keys.ts';
import type { Desk } from './desk.ts';
import type { Whose } from './load-desk.ts';

type Stored = StoredItem<'assignment'>;

/** How far back anybody asks who had a lead. */
const mostHistory = 20;

/** Why who has it now has it no more. */
export type Ending = Pick<PastAssignment, 'why' | 'by' | 'overdue'>;

/** Of a lead that is Qualified or being worked. */
export interface Routed extends Whose {
  judged: StoredItem<'lead-assessment'>;
  /** Here, or in the account it came from. */
  before: Stored | undefined;
}

export const generationOf = ({ judged, before }: Routed): string =>
  judged.generation ?? before?.generation ?? 'unknown';

const qualifiedAtOf = ({ judged: { assessment, since }, before }: Routed): string =>
  assessment.qualifiedAt ?? before?.qualifiedAt ?? since;

const historyAfter = (before: Stored | undefined, at: string, ending: Ending): PastAssignment[] => {
  if (before?.owner === undefined) return before?.history ?? [];
  const { assignmentId, owner } = before;
  const past = { assignmentId, owner, at: before.at, until: at, ...ending };
  return [...before.history, past].slice(-mostHistory);
};

/** It waits for nobody and is nobody's. */
const inNoList = { listPk: undefined, listSk: undefined };

/** In the list of whoever has it, also when it is over; else of the pool in which it waits. */
export const listOf = ({ owner, waiting, at }: Assignment, leadId: string) => {
  if (owner !== undefined) return { listPk: ownedList(owner.email), listSk: `${at}#${leadId}` };
  if (waiting === undefined || waiting.over) return inNoList;
  return { listPk: waitingList(waiting.pool), listSk: `${waiting.since}#${leadId}` };
};

/** The assignment in the account it leaves only says where it went. */
const leaveOther = (desk: Desk, { accountId, before }: Routed): void => {
  if (before === undefined || before.accountId === accountId) return;
  const item = { ...before, ...inNoList, open: undefined, movedTo: accountId };
  desk.write(replacing(before, item));
};

/** Counts it among the open leads of its owner, and no longer among those of whoever had it. */
const countIn = (desk: Desk, before: Stored | undefined, owner: Owner | undefined): { open?: true } => {
  const had = before?.open ? before.owner?.email : undefined;
  const has = owner !== undefined && personOf(owner.email, desk.playbook) !== undefined ? owner.email : undefined;
  if (had !== has) {
    if (had !== undefined) desk.count(had, -1);
    if (has !== undefined) desk.count(has, 1);
  }
  return has === undefined ? {} : { open: true };
};

/** On condition that the lead is still judged as it was when this was decided. */
export const put = (desk: Desk, routed: Routed, next: Assignment, tell: 'given' | 'came' | 'nobody'): void => {
  const { accountId, leadId, judged } = routed;
  const key = assignmentKey(accountId, leadId);
  const list = listOf(next, leadId);
  const { assignmentId, generation, cameFrom } = next;
  const id =
    tell === 'came' ? eventIdOf('lead-routed', assignmentId, accountId) : eventIdOf('lead-routed', assignmentId);
  const about = { accountId, leadId, generation, assignmentId, ...(tell === 'came' && { cameFrom }) };
  const events = tell === 'nobody' ? [] : [{ type: 'lead-routed.v1' as const, id, at: desk.at, ...about }];
  const stored = as('assignment', desk.find(key));
  desk.write(
    replacing(
      stored,
      { ...next, ...key, type: 'assignment', accountId, leadId, ...list } as NewItem<'assignment'>,
      events,
    ),
    { check: assessmentKey(accountId, leadId), condition: { if: 'version', is: judged.version } },
  );
  leaveOther(desk, routed);
};

export type Given = {
  reason: string;
  rule?: string | undefined;
  role?: 'sdr' | 'ae' | undefined;
  pool?: string | undefined;
  turns?: Readonly<Record<string, PoolCounts>> | undefined;
  explanation: RoutingStep[];
} & ({ owner: Owner; waiting?: undefined } | { owner?: undefined; waiting: Waiting; wakeAt: number });

export const wakeUpName = ({ accountId, leadId }: Whose): string => `route.${accountId}.${leadId}`;

/** Another turn, which somebody has or which waits for somebody. */
export const give = (
  desk: Desk,
  routed: Routed,
  given: Given,
  ending: Ending,
  acted: Assignment['acted'] = routed.before?.acted,
): void => {
  const { accountId, leadId, before } = routed;
  const { owner, waiting, turns, reason, rule, role, pool, explanation } = given;
  // Who waited has had no turn yet.
  const turn = before === undefined ? 1 : before.waiting ? before.turn : before.turn + 1;
  const generation = generationOf(routed);
  const about = { reason, rule, role, pool, explanation, acted, turn, generation };
  const next = {
    ...about,
    assignmentId: assignmentIdOf(generation, turn),
    qualifiedAt: qualifiedAtOf(routed),
    at: desk.at,
    history: historyAfter(before, desk.at, ending),
    ...countIn(desk, before, owner),
  };
  if (turns !== undefined) desk.books.turns = turns;
  if (waiting === undefined) {
    put(desk, routed, { ...next, owner: given.owner }, 'given');
    return;
  }
  put(desk, routed, { ...next, waiting }, 'nobody');
  const event = { type: 'routing-due.v1' as const, accountId, leadId, because: 'waited' as const };
  desk.wake({ name: wakeUpName(routed), at: new Date(given.wakeAt).toISOString(), event });
};

/** The lead came to this account with whoever had it. */
export const bring = (desk: Desk, routed: Routed, before: Stored & { owner: Owner }): void => {
  const { assignmentId, turn, at, reason, rule, role, pool, explanation, history, owner, acted } = before;
  const kept = { assignmentId, turn, at, reason, rule, role, pool, explanation, history, owner, acted };
  const generation = generationOf(routed);
  const open = countIn(desk, before, owner);
  const next = { ...kept, ...open, generation, qualifiedAt: qualifiedAtOf(routed), cameFrom: before.accountId };
  put(desk, routed, next, 'came');
};

/** A lead that had left sales is worked again. */
export const reopen = (desk: Desk, routed: Routed, before: Stored & { owner: Owner }): void => {
  put(desk, routed, { ...before, ...countIn(desk, undefined, before.owner) }, 'nobody');
};
