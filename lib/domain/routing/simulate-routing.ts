// Who would get which lead, one after the other, nothing being written: what a playbook's routing comes to before it is live.
import type { Playbook } from '../playbook/playbook.ts';
import { type AccountRep, repAfter } from './account-rep.ts';
import { personOf } from './availability.ts';
import { type Decision, decideRoute } from './decide-route.ts';
import type { RoutingCase } from './find-target.ts';
import type { Books } from './take-turn.ts';

export interface SimulatedLead extends Pick<RoutingCase, 'traits' | 'owners'> {
  id: string;
  /** Leads of one account go to one person, unless rules say otherwise. */
  accountId?: string | undefined;
  /** Who works the account before the first of its leads. */
  rep?: AccountRep | undefined;
}

export interface Simulated {
  lead: SimulatedLead;
  decision: Decision;
}

/** In the order given, all at one moment; each sees the turns, loads and reps of those before it. `open`: leads people have already. */
export const simulateRouting = (
  leads: readonly SimulatedLead[],
  playbook: Playbook,
  now: number,
  open: Readonly<Record<string, number>> = {},
): Simulated[] => {
  const reps = new Map<string, AccountRep>();
  let books: Books = { now, open, turns: {} };
  return leads.map((lead) => {
    const { accountId, traits, owners } = lead;
    const rep = (accountId === undefined ? undefined : reps.get(accountId)) ?? lead.rep;
    const decision = decideRoute({ traits, owners, rep }, books, playbook);
    const after = repAfter(rep, decision);
    if (accountId !== undefined && after !== undefined) reps.set(accountId, after);
    const email = decision.owner?.email;
    const counts = email !== undefined && personOf(email, playbook) !== undefined;
    books = {
      now,
      turns: decision.turns ?? books.turns,
      open: counts ? { ...books.open, [email]: (books.open[email] ?? 0) + 1 } : books.open,
    };
    return { lead, decision };
  });
};
