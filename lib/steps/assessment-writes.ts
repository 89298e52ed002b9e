// What a new judgement makes of the stored ones: each item with its history, held where it flaps, and the events that follow.
import type { Published } from '../../events/catalogue.ts';
import type { AccountAssessment, LeadAssessment } from '../domain/assessment.ts';
import { eventIdOf } from '../domain/ids.ts';
import type { Playbook } from '../domain/playbook/playbook.ts';
import { type Hold, heldReason, holdOn } from '../domain/status/flapping.ts';
import { type StatusChange, withChange } from '../domain/status/history.ts';
import type { Item, Write } from '../ports.ts';
import { isSame } from '../table/is-same.ts';
import { allOf, replacing, type StoredItem } from '../table/items.ts';
import { accountsList, assessmentKey } from '../table/keys.ts';
import { alertsOf } from './alerts.ts';
import { judgementTold } from './judgement-told.ts';

/** Of one assessment: where, when and by which playbook. `now` is ISO. */
export interface Occasion {
  accountId: string;
  playbook: Playbook;
  now: string;
  /** The CRM's records of a lead or, without one, of the account; undefined where no CRM is to be told of them. */
  recordsOf: (leadId?: string) => readonly string[] | undefined;
}

/** An item to be written, by its sort key. */
export interface Assessed {
  sk: string;
  write: Write;
  /** It flaps, and was not held before. */
  flapping?: Extract<Published, { type: 'status-flapping.v1' }> | undefined;
  hold?: Hold | undefined;
}

/** Where everyone begins, before anything is known of them. */
const unassessed = 'Pre-Qualified';

/** The status a lead leaves an account with when it moves to another. */
const movedAway = 'Moved';

/** The judgement as it counts: with the status it had, while that is held. */
const steady = <Judged extends AccountAssessment | LeadAssessment>(
  { accountId, playbook, now }: Occasion,
  before: { assessment: Judged; history: readonly StatusChange[] } | undefined,
  judged: Judged,
  leadId?: string,
): { assessment: Judged; flapping?: Assessed['flapping'] } => {
  if (before === undefined) return { assessment: judged };
  const { status, hold: earlier } = before.assessment;
  const hold = holdOn({ status, history: before.history, hold: earlier }, judged.status, playbook, now);
  if (hold === undefined) return { assessment: judged };
  const { stage: _, ...rest } = judged;
  const reason = hold.wouldBe === status ? judged.reason : heldReason(hold, playbook, judged.reason);
  const assessment = { ...rest, status, reason, hold } as Judged;
  if (earlier !== undefined) return { assessment };
  const id = eventIdOf('status-flapping', accountId, leadId ?? '', hold.since);
  const { until, wouldBe } = hold;
  const about = { accountId, ...(leadId && { leadId }), held: status, wouldBe, until };
  return { assessment, flapping: { type: 'status-flapping.v1', id, at: now, ...about } };
};

const filled = <Value>(...values: (Value | undefined)[]): Value[] => values.filter((value) => value !== undefined);

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
  occasion: Occasion,
  before: StoredItem<'lead-assessment'> | undefined,
  judged: LeadAssessment,
): Assessed | undefined => {
  const { accountId, now } = occasion;
  const { leadId } = judged;
  const { assessment, flapping } = steady(occasion, before?.gone ? undefined : before, judged, leadId);
  const about = { accountId, leadId, now };
  const { told, event: toTell } = judgementTold(about, before, assessment, occasion.recordsOf(leadId));
  if (before && !before.gone && !toTell && isSame(before.assessment, assessment)) return undefined;
  const key = assessmentKey(accountId, leadId);
  const from = before?.gone ? movedAway : (before?.assessment.status ?? unassessed);
  const item = { ...key, type: 'lead-assessment' as const, accountId, assessment, assessedAt: now, told };
  const { since = now, history = [], generation } = before ?? {};
  const { hold } = assessment;
  if (from === assessment.status) {
    const write = replacing(before, { ...item, since, history, generation }, filled<Published>(flapping, toTell));
    return { ...key, write, flapping, hold };
  }
  const change = { from, to: assessment.status, at: now, reason: assessment.reason };
  const { changed, qualified } = leadEvents(accountId, before, assessment, change);
  const kept = { since: now, history: withChange(history, change, since), generation: qualified?.id ?? generation };
  return { ...key, write: replacing(before, { ...item, ...kept }, filled(changed, qualified, toTell)), hold };
};

/** What a lead that moved to another account leaves here: its history. */
const farewell = (before: StoredItem<'lead-assessment'>, now: string): Assessed => {
  const { pk, sk, accountId, version, assessment, since } = before;
  const { leadId, status: from } = assessment;
  const id = eventIdOf('lead-status', accountId, leadId, String(version + 1), movedAway);
  const change = { from, to: movedAway, at: now, reason: 'Belongs to another account now.' };
  const history = withChange(before.history, change, since);
  const write = replacing(
    before,
    { pk, sk, type: 'lead-assessment', accountId, assessment, since: now, assessedAt: now, history, gone: true },
    [{ type: 'lead-status-changed.v1', id, at: now, accountId, leadId, from, to: movedAway }],
  );
  return { sk, write };
};

export const leadWrites = (
  occasion: Occasion,
  items: readonly Item[],
  leads: readonly LeadAssessment[],
): Assessed[] => {
  const stored = new Map(allOf('lead-assessment', items).map((item) => [item.assessment.leadId, item]));
  const current = new Set(leads.map(({ leadId }) => leadId));
  const left = [...stored.values()].filter(({ gone, assessment }) => !gone && !current.has(assessment.leadId));
  return [
    ...leads.flatMap((lead) => leadWrite(occasion, stored.get(lead.leadId), lead) ?? []),
    ...left.map((before) => farewell(before, occasion.now)),
  ];
};

/** The account's item with its new judgement; undefined when it stands already. `empty`: it is in no list. */
export const accountWrite = (
  occasion: Occasion,
  before: StoredItem<'account-assessment'> | undefined,
  judged: AccountAssessment,
  empty: boolean,
): Assessed | undefined => {
  const { accountId, now } = occasion;
  const { assessment, flapping } = steady(occasion, before, judged);
  const { status: to, reason, hold, companyFit: grade } = assessment;
  const { told, event: toTell } = judgementTold(
    { accountId, now },
    before,
    { status: to, grade },
    occasion.recordsOf(),
  );
  const asListed =
    before === undefined ? empty : isSame(before.assessment, assessment) && (before.listPk === undefined) === empty;
  if (asListed && !toTell) return undefined;
  const from = before?.assessment.status ?? unassessed;
  const key = assessmentKey(accountId);
  const about = { ...key, type: 'account-assessment' as const, accountId, assessment };
  const { since: known = now, history = [] } = before ?? {};
  const since = from === to ? known : now;
  // By when its status changed: a score that moves leaves the list, and the index, as it is.
  const list = empty ? {} : { listPk: accountsList, listSk: `${since}#${accountId}` };
  const alerts = alertsOf(accountId, before, assessment, now);
  const next = { ...about, ...list, since, assessedAt: now, toldSurge: alerts.told, told };
  if (from === to) {
    const events = [...filled<Published>(flapping, toTell), ...alerts.events];
    return { ...key, write: replacing(before, { ...next, history }, events), flapping, hold };
  }
  const id = eventIdOf('account-status', accountId, String((before?.version ?? 0) + 1), to);
  const changed: Published = { type: 'account-status-changed.v1', id, at: now, accountId, from, to };
  const changes = withChange(history, { from, to, at: now, reason }, known);
  return {
    ...key,
    write: replacing(before, { ...next, history: changes }, [changed, ...filled(toTell), ...alerts.events]),
    hold,
  };
};
