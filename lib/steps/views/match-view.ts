// Why a lead is in the account where it stands, what else came into question, and what somebody is to look at.
import { type IdentityState, personState } from '../../domain/lead.ts';
import { fingerprintOfQuestion, questionOf } from '../../domain/matching.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import type { Table } from '../../ports.ts';
import type { StoredItem } from '../../table/items.ts';
import { explainAccount } from '../matching/find-account.ts';

type Lead = StoredItem<'lead'>;

/** Null where nobody waits; the suggestions the likeliest first. */
export const reviewView = ({ match, matching }: Lead) => {
  if (matching?.review === undefined) return null;
  const { reason, since, candidates, doubt = null } = matching.review;
  const suggestions = candidates.filter(({ accountId }) => accountId !== match?.accountId);
  return { reason, since, suggestions, doubt };
};

const decisionView = ({ matchDecision }: IdentityState) => {
  if (matchDecision === undefined) return null;
  const { value, at, source: id } = matchDecision;
  const { decision, accountId = null, by, why, remembered = null } = value;
  return { id, decision, accountId, at, by, why, remembered };
};

/** What else came into question: kept with whoever waits for review, else found again. The accounts as they stand give the answer
 * they gave; another playbook may not, and then it explains nothing of this match. */
const besideOf = async (table: Table, lead: Lead, state: IdentityState, playbook: Playbook) => {
  const { match, matching } = lead;
  if (matching?.review !== undefined || match === undefined) return matching?.review;
  const question = questionOf(lead, state, playbook);
  if (matching?.asked !== fingerprintOfQuestion(question, playbook)) return undefined;
  return explainAccount(table, question, playbook);
};

export const matchView = async (table: Table, lead: Lead, playbook: Playbook) => {
  const { match, matching } = lead;
  const { state } = personState(lead);
  const { tried, candidates, doubt } = (await besideOf(table, lead, state, playbook)) ?? {};
  const { review } = matching ?? {};
  return {
    match: match ?? null,
    /** Rules that came before the answer, and why each had none. */
    tried: tried ?? [],
    /** Accounts that came into question; `rejected` is why one is not the answer. */
    candidates: candidates ?? [],
    doubt: doubt ?? null,
    review: review ? { reason: review.reason, since: review.since } : null,
    /** What somebody decided last. */
    decision: decisionView(state),
  };
};
