// One person as the console shows them: the judgement with all it is made of, whose they are, and what they did.
import type { AccountFacts } from '../../domain/account.ts';
import { asBelieved, type Member } from '../../domain/assessment.ts';
import { shownProfile } from '../../domain/normal-profile.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import { modelsOf } from '../../domain/scoring/model.ts';
import { dimensionsOf, type LeadScore } from '../../domain/scoring/score-lead.ts';
import { timeIn } from '../../domain/status/history.ts';
import type { Table } from '../../ports.ts';
import type { StoredItem } from '../../table/items.ts';
import { actionsIn } from './actions.ts';
import { assignmentView, waitingView } from './assignment-view.ts';
import { reviewView } from './match-view.ts';
import { slaView } from './sla-view.ts';
import { linesOfPerson, touchesIn } from './touches.ts';

/** What the playbook had then and has no longer keeps its id for a name. */
const labelled = (ids: readonly string[] = [], names: Readonly<Record<string, { label: string }>>) =>
  ids.map((id) => ({ id, label: names[id]?.label ?? id }));

/** `parts`, with `fitParts` where `scoreIncludesFit`, and `suppressed.points` add up to `score`; `fitParts` to `fitPoints`. */
const scoreView = (judged: LeadScore, playbook: Playbook) => {
  const { model, grade, score, fitPoints, personFit, companyFit, parts, fitParts, suppressed } = judged;
  return {
    model: { ...model, version: model.version ?? null },
    grade,
    score,
    parts,
    dimensions: dimensionsOf(parts),
    fitPoints,
    personFit: personFit ?? null,
    companyFit: companyFit ?? null,
    fitParts,
    missing: judged.missing ?? [],
    scoreIncludesFit: judged.scoreIncludesFit ?? false,
    suppressed: suppressed
      ? { ...suppressed, rules: suppressed.rules.map(({ label, why }) => ({ label, why })) }
      : null,
    standsOut: judged.standsOut ?? [],
    personas: labelled(judged.personas, playbook.personas),
    productLines: labelled(judged.productLines, playbook.productLines),
    others: (judged.others ?? []).map((other) => {
      const label = modelsOf(playbook).find(({ id }) => id === other.model)?.label ?? other.model;
      return { model: other.model, label, grade: other.grade, score: other.score };
    }),
  };
};

/** The lead itself, and what lies in the account's partition about it. */
export interface LeadItems {
  lead: StoredItem<'lead'> | undefined;
  judged: StoredItem<'lead-assessment'>;
  member: (Member & Pick<StoredItem<'member'>, 'match'>) | undefined;
  /** What the CRM says of the account. */
  company: AccountFacts | undefined;
  assignment: StoredItem<'assignment'> | undefined;
  sla: StoredItem<'sla'> | undefined;
}

export const leadView = async (
  table: Table,
  playbook: Playbook,
  { lead, judged, member, company, assignment, sla }: LeadItems,
  /** ISO. */
  now: string,
) => {
  const { leadId, status, reason, level = null, stage = null, rests = [], hold = null } = judged.assessment;
  const lines = await linesOfPerson(table, leadId);
  return {
    leadId,
    email: member?.email ?? null,
    doubtfulMail: member?.state.doubtfulMail?.value ?? null,
    profile: member === undefined ? {} : shownProfile(asBelieved(member, playbook).state.profile, company),
    match: member?.match ?? null,
    /** What somebody is to look at; null where nobody waits. */
    review: lead === undefined ? null : reviewView(lead),
    status,
    statusSince: judged.since,
    reason,
    stage,
    rests,
    hold,
    /** Milliseconds up to now, by status. */
    timeIn: timeIn(judged.history, { status, since: judged.since }, now),
    level,
    ...scoreView(judged.assessment, playbook),
    assignment: assignment ? assignmentView(assignment, sla?.clock, playbook) : null,
    /** Nobody was available, and it waits for somebody. */
    waiting: assignment ? waitingView(assignment, sla?.clock, playbook) : null,
    sla: sla ? slaView(sla, playbook, now) : null,
    touches: touchesIn(lines, playbook),
    /** What sellers did about it. */
    actions: actionsIn(lines, assignment, playbook),
  };
};
