// The people of an account as its judgements see them: scored, and with what they did.
import type { DayCount } from '../facts/counts.ts';
import type { Facts } from '../facts/facts.ts';
import type { LeadScore } from './score-lead.ts';

/** A person of the account, scored. */
export interface ScoredMember {
  leadId: string;
  /** How people are told of them; never an id. */
  name: string;
  /** Nobody knows who it is: a visitor from the account's network. */
  anonymous?: true;
  facts: Facts;
  score: LeadScore;
}

/** What somebody does who is suppressed wholly (a competitor, a machine) says nothing of the account. */
export const isCounted = ({ score }: ScoredMember): boolean => score.suppressed?.factor !== 0;

/** A signal's counts from one day to another, both included, newest first, as far as they are kept by day. Never reads further
 * back than asked, so that what looks at a week costs a week. */
export const countsBetween = ({ days }: Facts, signal: string, from: number, to: number): DayCount[] => {
  const list = days[signal] ?? [];
  const found: DayCount[] = [];
  for (let at = list.length - 1; at >= 0 && list[at]![0] >= from; at -= 1) {
    if (list[at]![0] <= to) found.push(list[at]!);
  }
  return found;
};

/** By id, in code units: the last resort of every order here, so that the order of members never shows. */
export const byLeadId = (a: { leadId: string }, b: { leadId: string }): number => (a.leadId < b.leadId ? -1 : 1);
