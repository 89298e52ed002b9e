// Why a lead is in the account where it stands, what else came into question, and what somebody is to look at.
import { personState } from '../../domain/held-states.ts';
import type { IdentityState } from '../../domain/lead.ts';
import type { StoredItem } from '../../table/items.ts';

type Lead = StoredItem<'lead'>;

/** Null where nobody waits; the suggestions the likeliest first. */
export const reviewView = ({ match, matching }: Lead) => {
  if (matching?.review === undefined) return null;
  const { review, beside: { candidates, doubt = null } = { candidates: [] } } = matching;
  const suggestions = candidates.filter(({ accountId }) => accountId !== match?.accountId);
  return { ...review, suggestions, doubt };
};

const decisionView = ({ matchDecision }: IdentityState) => {
  if (matchDecision === undefined) return null;
  const { value, at, source: id } = matchDecision;
  const { decision, accountId = null, by, why, remembered = null } = value;
  return { id, decision, accountId, at, by, why, remembered };
};

export const matchView = (lead: Lead) => {
  const { match, matching } = lead;
  const { tried = [], candidates = [], doubt = null } = matching?.beside ?? {};
  return {
    match: match ?? null,
    /** Rules that came before the answer, and why each had none: where any account came into question. */
    tried,
    /** Accounts that came into question; `rejected` is why one is not the answer. */
    candidates,
    doubt,
    review: matching?.review ?? null,
    /** What somebody decided last. */
    decision: decisionView(personState(lead).state),
  };
};
