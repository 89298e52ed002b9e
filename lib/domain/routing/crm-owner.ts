// Whom the CRM has as an account's owner: by address, or by its own user id, which the playbook's people have beside their names.
import type { AccountFacts } from '../account.ts';
import type { OpportunityFacts } from '../deals.ts';
import type { Playbook } from '../playbook/playbook.ts';
import { opportunitiesOf } from '../status/opportunities.ts';

export interface CrmOwner {
  email?: string;
  /** An id or an address that nobody in the playbook has: nobody there could be told of a lead. */
  unknownId?: string;
}

type Said = Pick<AccountFacts, 'ownerEmail' | 'ownerId'>;

interface OwnerSaid {
  at: string;
  source: string;
}

/** Whichever was said last; of the same moment the address, which needs nobody to know the id. Undefined where it is nobody. */
export const ownerSaid = ({
  ownerEmail,
  ownerId,
}: Said): (OwnerSaid & ({ email: string; id?: never } | { id: string; email?: never })) | undefined => {
  if (ownerId === undefined || (ownerEmail !== undefined && ownerEmail.at >= ownerId.at)) {
    return ownerEmail?.value ? { at: ownerEmail.at, source: ownerEmail.source, email: ownerEmail.value } : undefined;
  }
  return ownerId.value === null ? undefined : { at: ownerId.at, source: ownerId.source, id: ownerId.value };
};

export const crmOwnerOf = (facts: Said, { people }: Pick<Playbook, 'people'>): CrmOwner => {
  const said = ownerSaid(facts);
  if (said === undefined) return {};
  const { email, id, source } = said;
  if (email !== undefined) return people.some((person) => person.email === email) ? { email } : { unknownId: email };
  const person = people.find(({ crm }) => Object.hasOwn(crm, source) && crm[source] === id);
  return person === undefined ? { unknownId: id } : { email: person.email };
};

/** Of open opportunities the one opened last: its owner is the one who is at it. Whether it is open the playbook says, since of
 * most stages a CRM says no more than their names. */
export const newestOpen = (
  opportunities: readonly OpportunityFacts[],
  playbook: Playbook,
): OpportunityFacts | undefined =>
  opportunities
    .flatMap((facts) =>
      opportunitiesOf([facts], [], playbook).map(({ state, openedAt }) => ({ facts, state, openedAt })),
    )
    .filter(({ state }) => state === 'open')
    .sort((a, b) => (a.openedAt < b.openedAt ? 1 : -1))[0]?.facts;
