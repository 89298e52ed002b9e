// Who of those a purchase needs is there, and who is missing: seven engaged people are one purchase, never seven.
import type { Playbook } from '../playbook/playbook.ts';
import { byLeadId, type ScoredMember } from './account-members.ts';

export interface BuyingRole {
  /** The persona's id in the playbook. */
  persona: string;
  label: string;
  /** Somebody in this part is engaged. */
  covered: boolean;
  /** At most ten of them: the engaged first, the higher score before the lower. */
  people: { leadId: string; name: string; engaged: boolean }[];
}

const peopleShown = 10;

/** The personas of the playbook's buying group, in its order; none where it names none. Engaged is who has points, so whoever is
 * suppressed wholly covers nothing. One person may play several parts. */
export const buyingGroupOf = (members: readonly ScoredMember[], { account, personas }: Playbook): BuyingRole[] =>
  account.buyingGroup.map((persona): BuyingRole => {
    const people = members
      .filter(({ score }) => score.personas?.includes(persona))
      // Points are what engages: the order by score has the engaged first.
      .sort((a, b) => b.score.score - a.score.score || byLeadId(a, b))
      .map(({ leadId, name, score }) => ({ leadId, name, engaged: score.score > 0 }));
    return {
      persona,
      label: personas[persona]?.label ?? persona,
      covered: people.some(({ engaged }) => engaged),
      people: people.slice(0, peopleShown),
    };
  });

/** The parts nobody engaged plays yet. */
export const missingPersonas = (group: readonly BuyingRole[]): BuyingRole[] => group.filter(({ covered }) => !covered);
