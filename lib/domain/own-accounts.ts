// Whose an account and a lead are, for those who see only their own.

import type { Scope } from './access.ts';
import type { AccountFacts } from './account.ts';
import type { Playbook } from './playbook/playbook.ts';
import { crmOwnerOf } from './routing/crm-owner.ts';

type Known = Pick<Playbook, 'people' | 'teams'>;

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Whose things somebody may see: their own, and those of the people of their teams where that is allowed. As the playbook writes them. */
export const ownersWithin = ({ own, team }: Exclude<Scope, 'all'>, { people, teams }: Known): string[] => {
  const self = people.find(({ email }) => same(email, own))?.email ?? own;
  const mates = team
    ? Object.values(teams).flatMap(({ members }) => (members.some((one) => same(one, own)) ? members : []))
    : [];
  return [...new Set([self, ...mates])];
};

/** What of an account says whose it is. */
export interface Owned {
  /** What the CRM says of the account. */
  facts: Pick<AccountFacts, 'ownerEmail' | 'ownerId'>;
  /** Who works it. */
  rep: string | undefined;
  /** Who has a lead in it. */
  leads: readonly { leadId: string; owner: string | undefined }[];
}

const isOf = (owner: string | undefined, owners: readonly string[]): boolean =>
  owner !== undefined && owners.some((one) => same(one, owner));

const ownsAccount = ({ facts, rep }: Owned, owners: readonly string[], playbook: Known): boolean =>
  isOf(crmOwnerOf(facts, playbook).email, owners) || isOf(rep, owners);

/** An account is seen whole: a buying group of which one sees one person is none. */
export const seesAccount = (owned: Owned, owners: readonly string[], playbook: Known): boolean =>
  ownsAccount(owned, owners, playbook) || owned.leads.some(({ owner }) => isOf(owner, owners));

/** Whoever has the lead; where nobody has it, whoever has its account. */
export const hasLead = (owned: Owned, leadId: string, owners: readonly string[], playbook: Known): boolean => {
  const owner = owned.leads.find((lead) => lead.leadId === leadId)?.owner;
  return owner === undefined ? ownsAccount(owned, owners, playbook) : isOf(owner, owners);
};
