// What happens to one lead: it gets an owner, another one, or is nobody's open lead any more. The events are only hints to look:
// what stands in the table decides, so that repeats and late ones change nothing.

import { asBelieved } from '../../domain/assessment.ts';
import { emptyState } from '../../domain/lead.ts';
import { repAfter } from '../../domain/routing/account-rep.ts';
import { traitsOf } from '../../domain/routing/criteria.ts';
import { crmOwnerOf, newestOpen } from '../../domain/routing/crm-owner.ts';
import { type Decision, decideByOwners, decideHandOver, decideRoute } from '../../domain/routing/decide-route.ts';
import type { RoutingCase } from '../../domain/routing/find-target.ts';
import { as, type NewItem, replacing, type StoredItem, standing } from '../../table/items.ts';
import { accountKey, assessmentKey, assignmentKey, memberKey } from '../../table/keys.ts';
import type { Desk } from './desk.ts';
import { bring, type Ending, generationOf, give, listOf, type Routed, reopen } from './give.ts';
import { assignmentOf, type Whose } from './load-desk.ts';

const openStatuses: ReadonlySet<string> = new Set(['Qualified', 'Sales Working']);

/** Undefined where nobody has to have it. */
export const routedOf = (desk: Desk, whose: Whose): Routed | undefined => {
  const { accountId, leadId } = whose;
  const judged = standing(desk.find(assessmentKey(accountId, leadId)));
  if (judged === undefined || !openStatuses.has(judged.assessment.status)) return undefined;
  return { accountId, leadId, judged, before: assignmentOf(desk, whose) };
};

export const caseOf = (desk: Desk, { accountId, leadId, judged, before }: Routed): RoutingCase => {
  const { playbook } = desk;
  const account = as('account', desk.find(accountKey(accountId)))?.facts;
  const accountStatus = as('account-assessment', desk.find(assessmentKey(accountId)))?.assessment.status;
  const member = as('member', desk.find(memberKey(accountId, leadId)));
  const state = member === undefined ? emptyState : asBelieved(member, playbook).state;
  const rep = desk.repOf(accountId);
  return {
    traits: traitsOf(judged.assessment, state, account, accountStatus),
    owners: {
      account: crmOwnerOf(account ?? {}, playbook),
      opportunity: crmOwnerOf(newestOpen(desk.opportunitiesOf(accountId), playbook) ?? {}, playbook),
      lead: crmOwnerOf(state, playbook),
    },
    rep: rep && { email: rep.owner.email, byPool: rep.byPool },
    waitingSince: before?.waiting?.over ? undefined : before?.waiting?.since,
  };
};

const noteRep = (
  desk: Desk,
  accountId: string,
  decision: Pick<Decision, 'owner' | 'reason' | 'pool'> & { by?: Decision['by'] },
): void => {
  const stored = desk.repOf(accountId);
  const before = stored && { email: stored.owner.email, byPool: stored.byPool };
  const after = repAfter(before, decision);
  if (after === undefined || after === before || decision.owner === undefined) return;
  const { byPool } = after;
  desk.setRep(
    stored?.owner.email === after.email
      ? { accountId, owner: stored.owner, reason: stored.reason, at: stored.at, byPool: byPool && { ...byPool } }
      : { accountId, owner: decision.owner, reason: decision.reason, at: desk.at, byPool: byPool && { ...byPool } },
  );
};

export const giveAndNote = (
  desk: Desk,
  routed: Routed,
  decision: Decision,
  ending: Ending,
  acted?: Parameters<typeof give>[4],
): void => {
  give(desk, routed, decision, ending, acted);
  noteRep(desk, routed.accountId, decision);
};

/** A lead that came from another account keeps who had it, unless a rule or the CRM's owner there says otherwise. */
const welcome = (desk: Desk, routed: Routed, before: Parameters<typeof bring>[2]): void => {
  const decision = decideByOwners(caseOf(desk, routed), desk.books, desk.playbook);
  const stays =
    decision === undefined ||
    decision.owner?.email === before.owner.email ||
    (decision.rule !== undefined && decision.rule === before.rule);
  if (!stays) {
    giveAndNote(desk, routed, decision, { why: 'The lead came to another account.' });
    return;
  }
  bring(desk, routed, before);
  if (desk.repOf(routed.accountId) === undefined) noteRep(desk, routed.accountId, before);
};

/** After a wait the one who had it is not who is looked for. */
const withoutLast = (routed: RoutingCase, before: StoredItem<'assignment'>): RoutingCase =>
  routed.rep?.email === before.history.at(-1)?.owner.email ? { ...routed, rep: undefined } : routed;

/** It waits no more, and is nobody's open lead. */
const ended = (desk: Desk, stored: StoredItem<'assignment'>): NewItem<'assignment'> => {
  const waiting = stored.waiting && { ...stored.waiting, over: desk.at };
  const over = { ...stored, open: undefined, waiting } as NewItem<'assignment'>;
  return { ...over, ...listOf(over, stored.leadId) };
};

/** Finds somebody for a lead that nobody has for its latest qualification. */
export const lookAt = (desk: Desk, whose: Whose): void => {
  const routed = routedOf(desk, whose);
  if (routed === undefined) return;
  const { accountId, judged, before } = routed;
  const { status, qualifiedAt } = judged.assessment;
  const isHere = before?.accountId === accountId;
  const isWorked = status === 'Sales Working';
  if (before?.owner !== undefined) {
    if (isHere && isWorked && !before.open) reopen(desk, routed, before);
    if (isHere && (isWorked || before.generation === generationOf(routed))) return;
    if (!isHere && (isWorked || before.qualifiedAt === qualifiedAt)) {
      welcome(desk, routed, before);
      return;
    }
  }
  // Where it was taken from somebody it waits also after it left an account, which may be heard of first.
  const hadOwner = before !== undefined && before.history.length > 0;
  const waits = before?.waiting !== undefined && (before.waiting.over === undefined || (isWorked && hadOwner));
  // Whoever works a lead nobody was ever given has it.
  if (isWorked && waits && isHere && !hadOwner) {
    desk.write(replacing(before, ended(desk, before)));
    return;
  }
  if (isWorked && !waits) return;
  const routing = caseOf(desk, routed);
  const rule =
    waits && before.role === 'ae' ? desk.playbook.routing.rules.find(({ name }) => name === before.rule) : undefined;
  const from = before?.history.at(-1)?.owner.email;
  const handedOver = rule && decideHandOver(rule, from, routing, desk.books, desk.playbook);
  const asked = waits ? withoutLast(routing, before) : routing;
  giveAndNote(desk, routed, handedOver ?? decideRoute(asked, desk.books, desk.playbook), {
    why: 'It qualified again.',
  });
};

/** Takes a lead that left sales, or the account, off its owner's open ones. On condition that it is still judged so. */
export const release = (desk: Desk, { accountId, leadId }: Whose): void => {
  const judgedAt = assessmentKey(accountId, leadId);
  const judged = as('lead-assessment', desk.find(judgedAt));
  if (judged !== undefined && !judged.gone && openStatuses.has(judged.assessment.status)) return;
  const stored = as('assignment', desk.find(assignmentKey(accountId, leadId)));
  const waits = stored?.waiting !== undefined && stored.waiting.over === undefined;
  if (stored === undefined || (!stored.open && !waits)) return;
  desk.write(replacing(stored, ended(desk, stored)));
  if (judged !== undefined) desk.write({ check: judgedAt, condition: { if: 'version', is: judged.version } });
  if (stored.open && stored.owner !== undefined) desk.count(stored.owner.email, -1);
};
