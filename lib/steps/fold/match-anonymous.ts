// Somebody nobody knows counts for the company whose network they are in, until they say who they are.
import { isEmpty } from '../../domain/facts/facts.ts';
import type { IdentityState } from '../../domain/lead.ts';
import { type Match, matchVisitor } from '../../domain/matching.ts';
import { knownNetwork } from '../../domain/networks.ts';
import type { Table } from '../../ports.ts';
import type { Folding } from './folding.ts';
import { claimantOfDomain } from './place-member.ts';

/** Whose a network's domain was, when somebody was matched by it. */
export interface Look {
  domain: string;
  claimant: string | undefined;
}

/** Nothing of who has nothing to count, or comes from nobody's network. */
export const matchAnonymous = async (
  { table, playbook }: Folding,
  { facts, network }: IdentityState,
): Promise<{ match: Match; look: Look } | undefined> => {
  const domain = isEmpty(facts) ? undefined : knownNetwork(network, playbook);
  if (domain === undefined) return undefined;
  const claimant = await claimantOfDomain(table, domain);
  return { match: matchVisitor(domain, claimant), look: { domain, claimant } };
};

/** The domain changed hands between our look and our write. */
export const hasChangedHands = async (table: Table, { domain, claimant }: Look): Promise<boolean> =>
  (await claimantOfDomain(table, domain)) !== claimant;
