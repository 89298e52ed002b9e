// What a tenant's playbook says of matching: which rules may answer, how sure a name must be, and whose a shared domain is.
import { type MatchRule, matchRules } from '../playbook/match-rules.ts';
import { leastScore } from './likelihood.ts';

/** Of several accounts with the mail's domain, where neither the name nor a common parent tells: the first to name it, or somebody has to
 * look. */
export type SharedDomain = 'oldest' | 'review';

export interface MatchPolicy {
  rules: readonly MatchRule[];
  /** The least score of an answer by name. */
  least: number;
  sharedDomain: SharedDomain;
}

/** `minPrecision` is the part of the answers by name that has to be right, 0 to 1. */
export const policyOf = (
  minPrecision: number,
  rules: readonly MatchRule[] = matchRules,
  sharedDomain: SharedDomain = 'oldest',
): MatchPolicy => ({ rules, least: leastScore(minPrecision), sharedDomain });
