// A score as one list of lines that adds up to it: the same for the command line, the read API and the panel.
import type { BehaviourPart } from './behaviour.ts';
import type { FitPart } from './fit.ts';
import type { LeadScore } from './score-lead.ts';

/** Points for what a person did. */
export interface BehaviourLine extends BehaviourPart {
  kind: 'behaviour';
}

/** Points for who they are, where the playbook counts them in the score. */
export interface FitLine extends FitPart {
  kind: 'fit';
}

/** What suppression took: one line however many rules hold, since only the strictest of them takes anything. */
export interface SuppressionLine {
  kind: 'suppression';
  /** Every rule that holds, joined by commas; labels and reasons likewise. */
  rule: string;
  label: string;
  why: string;
  /** Zero from what is not above zero. */
  points: number;
  /** What is left of each point. */
  factor: number;
  /** The score without it. */
  before: number;
}

export type ExplanationLine = BehaviourLine | FitLine | SuppressionLine;

const suppressionLine = ({ before, points, factor, rules }: NonNullable<LeadScore['suppressed']>): SuppressionLine => ({
  kind: 'suppression',
  rule: rules.map(({ rule }) => rule).join(', '),
  label: rules.map(({ label }) => label).join(', '),
  why: rules.map(({ why }) => why).join(', '),
  points,
  factor,
  before,
});

/** Lines whose points add up to `score` exactly. */
export const explanationOf = ({ parts, fitParts, scoreIncludesFit, suppressed }: LeadScore): ExplanationLine[] => [
  ...parts.map((part): BehaviourLine => ({ kind: 'behaviour', ...part })),
  ...(scoreIncludesFit ? fitParts.map((part): FitLine => ({ kind: 'fit', ...part })) : []),
  ...(suppressed === undefined ? [] : [suppressionLine(suppressed)]),
];
