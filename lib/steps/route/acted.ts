// Gives a lead to somebody else: because a person said so, or because whoever has it let the time pass.
import type { ActionCaptured } from '../../../events/action-captured.v1.ts';
import type { LeadActed } from '../../../events/lead-acted.v1.ts';
import { dayOf } from '../../domain/days.ts';
import { ownerNamed, personOf } from '../../domain/routing/availability.ts';
import { type Decision, decideHandOver, decideRoute } from '../../domain/routing/decide-route.ts';
import { decideTakeOver } from '../../domain/routing/take-over.ts';
import type { Table } from '../../ports.ts';
import { allOf, standing } from '../../table/items.ts';
import { assessmentKey, leadTrailKey } from '../../table/keys.ts';
import { linesOf } from '../../table/trail.ts';
import { survivorOf } from '../views/identities.ts';
import type { Desk } from './desk.ts';
import { put, type Routed, wakeUpName } from './give.ts';
import { caseOf, giveAndNote, routedOf } from './handle-lead.ts';
import { assignmentOf, type Whose } from './load-desk.ts';

/** What somebody did, and about whom by now. */
export interface Act extends Whose {
  line: ActionCaptured;
}

/** Undefined where the person is in no account, or the line is gone. */
export const actIn = async (table: Table, event: LeadActed): Promise<Act | undefined> => {
  const { pk, sk } = leadTrailKey(event.leadId, dayOf(event.occurredAt));
  const lines = allOf('trail', await table.query(pk, sk)).flatMap(linesOf);
  const line = lines.find(({ id }) => id === event.lineId);
  const lead = await survivorOf(table, event.leadId);
  const accountId = lead?.match?.accountId;
  if (line?.type !== 'action-captured.v1' || lead === undefined || accountId === undefined) return undefined;
  return { accountId, leadId: lead.leadId, line };
};

const reassigned = (desk: Desk, routed: Routed, to: string | undefined, byName: string): Decision | undefined => {
  // Anew: not to whoever works the account, who is as a rule the one it is taken from.
  if (to === undefined) {
    return decideRoute({ ...caseOf(desk, routed), rep: undefined }, desk.books, desk.playbook);
  }
  if (personOf(to, desk.playbook) === undefined) return undefined;
  const reason = `Given to them by ${byName}.`;
  const explanation = [{ tried: 'reassignment', held: true, why: reason }];
  return { owner: ownerNamed(to, desk.playbook), reason, explanation, by: 'rule' };
};

const decisionOf = (desk: Desk, routed: Routed, { action }: ActionCaptured, byName: string): Decision | undefined => {
  if (action.does === 'reassign') return reassigned(desk, routed, action.to, byName);
  if (action.does !== 'hand-over') return undefined;
  const rule = desk.playbook.routing.rules.find(({ name }) => name === routed.before?.rule);
  return rule && decideHandOver(rule, routed.before?.owner?.email, caseOf(desk, routed), desk.books, desk.playbook);
};

/** Answers why nothing came of it, if nothing did. */
export const act = (desk: Desk, { accountId, leadId, line }: Act): string | undefined => {
  const routed = routedOf(desk, { accountId, leadId });
  const before = routed?.before;
  // It moved here and is still to be judged: what somebody did about it comes again until it is.
  const isUnjudged = standing(desk.find(assessmentKey(accountId, leadId))) === undefined;
  if (isUnjudged && assignmentOf(desk, { accountId, leadId }) !== undefined)
    throw new Error('the lead is not judged yet in the account it came to');
  if (routed === undefined || before === undefined) return 'nobody has the lead';
  const acted = { at: line.occurredAt, lineId: line.id };
  const last = before.acted;
  if (last !== undefined && (last.at > acted.at || last.lineId === acted.lineId)) return undefined;
  // By the link of a mail it is the owner of that assignment, who may have it no more.
  const isByMail = !line.by.includes('@');
  if (isByMail && line.by !== before.assignmentId) return 'somebody else has the lead by now';
  const by = isByMail ? before.owner?.email : line.by;
  const byName = by === undefined ? 'somebody' : ownerNamed(by, desk.playbook).name;
  const decision = decisionOf(desk, routed, line, byName);
  if (decision === undefined) return 'nobody is there to give the lead to';
  if (decision.owner !== undefined && decision.owner.email === before.owner?.email) {
    // From another account it comes along with its owner, which is still to be heard of.
    if (before.accountId === accountId) put(desk, routed, { ...before, acted }, 'nobody');
    return undefined;
  }
  const what = line.action.does === 'hand-over' ? 'Handed over' : 'Given to somebody else';
  const why = line.why === undefined ? `${what} by ${byName}.` : `${what} by ${byName}: ${line.why}`;
  giveAndNote(desk, routed, decision, { why, by }, acted);
  return undefined;
};

/** `assignmentId`: the one it is taken from; another since then is somebody else's time. */
export const takeOver = (desk: Desk, whose: Whose, assignmentId: string | undefined): string | undefined => {
  const routed = routedOf(desk, whose);
  const before = routed?.before;
  if (routed?.judged.assessment.status !== 'Qualified' || before?.owner === undefined) return undefined;
  if (before.accountId !== whose.accountId || before.assignmentId !== assignmentId) return undefined;
  const taken = decideTakeOver(before, caseOf(desk, routed).owners.account, desk.books, desk.playbook);
  if (taken.owner !== undefined) {
    const { rule, role } = before;
    const decision: Decision = { ...taken, rule, role, by: 'rule' };
    giveAndNote(desk, routed, decision, { why: 'Nobody followed up in time.', overdue: true });
    return undefined;
  }
  if (taken.lookAt !== undefined) {
    const event = { type: 'routing-due.v1' as const, ...whose, because: 'overdue' as const, assignmentId };
    desk.wake({ name: wakeUpName(whose), at: new Date(taken.lookAt).toISOString(), event });
  }
  return taken.why;
};
