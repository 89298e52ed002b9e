// What every notice on an account says alike: its name, its people, its buying group.
import type { AccountAssessment } from '../../domain/assessment.ts';
import type { StoryRole } from '../../domain/notices/roles.ts';
import type { Item } from '../../ports.ts';

/** The item of that key among those read. */
export const at = (items: readonly Item[], key: { sk: string }): Item | undefined =>
  items.find(({ sk }) => sk === key.sk);

/** The people whose touches count for the account, by name, without one of them. */
export const peopleIn = ({ parts }: AccountAssessment, but?: string): string[] =>
  parts
    .filter(({ kind, leadId }) => kind === 'member' && leadId !== but)
    .map(({ label }) => label)
    .slice(0, 10);

export const rolesIn = ({ buyingGroup = [] }: AccountAssessment): StoryRole[] =>
  buyingGroup.map(({ label, people }) => ({
    label,
    people: people.filter(({ engaged }) => engaged).map(({ name }) => name),
  }));

/** What stands at the account: who comes to own it by this very lead has not been told of it before. */
export const goingOn = ({ surge, reached = [] }: AccountAssessment): string[] => [
  ...(surge?.standing ? [`Far more activity than usual: ${surge.why}`] : []),
  ...reached.map(({ label, why }) => `${label}: ${why}`),
];

export const companyIn = ({ name, domain }: AccountAssessment): string => name ?? domain ?? 'no known company';
