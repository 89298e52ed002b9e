// People of an account for tests: what a test does not say is nothing.
import { emptyState } from '../../../lib/domain/lead.ts';
import type { ScoredMember } from '../../../lib/domain/scoring/account-members.ts';
import { type LeadScore, scoreLead } from '../../../lib/domain/scoring/score-lead.ts';
import { factsOf } from '../facts-of.ts';
import { testPlaybook } from '../playbooks.ts';

const { score: nothing } = scoreLead({ state: emptyState }, testPlaybook(), '2026-11-20T12:00:00.000Z');

export interface Given {
  leadId: string;
  name?: string;
  anonymous?: true;
  score?: number;
  personas?: string[];
  /** What is left of the score. */
  factor?: number;
  facts?: Parameters<typeof factsOf>[0];
}

export const member = ({ leadId, name, anonymous, score = 0, personas, factor, facts = {} }: Given): ScoredMember => {
  const scored: LeadScore = { ...nothing, score };
  if (personas) scored.personas = personas;
  if (factor !== undefined) scored.suppressed = { before: score, points: 0, factor, rules: [] };
  return {
    leadId,
    name: name ?? `Name ${leadId}`,
    ...(anonymous && { anonymous }),
    facts: factsOf(facts),
    score: scored,
  };
};
