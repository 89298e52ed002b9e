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

/** Whichever was said last; of the same moment the address, which needs nobody to know the id. */
export const crmOwnerOf = (
  { ownerEmail, ownerId }: Pick<AccountFacts, 'ownerEmail' | 'ownerId'>,
  { people }: Pick<Playbook, 'people'>,
): CrmOwner => {
  if (ownerId === undefined || (ownerEmail !== undefined && ownerEmail.at >= ownerId.at)) {
    const email = ownerEmail?.value;
    if (!email) return {};
    return people.some((person) => person.email === email) ? { email } : { unknownId: email };
  }
  const { value: id, source } = ownerId;
  if (id === null) return {};
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
