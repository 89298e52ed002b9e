// What can go on at an account besides the demo's story, to be laid over it: a surge, a threshold, a buying group, a student.
import type { AccountView } from '../../lib/steps/read-accounts.ts';
import type { LeadView } from './acme-leads.ts';

export const surge: NonNullable<AccountView['account']['surge']> = {
  since: '2026-11-19',
  endsAt: '2026-11-29',
  standing: true,
  personDays: 9,
  people: 3,
  usualPersonDays: 0.8,
  pValue: 0.000012,
  causes: [{ leadId: 'lead_9b74c9897bac770f', name: 'Bea Buyer', label: 'Read the pricing page', touches: 4 }],
  why: '9 person-days in a week against 0.8 in a usual one: Bea Buyer (Read the pricing page, 4).',
};

export const thresholdReached: AccountView['account']['reached'][number] = {
  id: 'three-on-pricing',
  label: 'Three people on the pricing page',
  since: '2026-11-19T09:30:00.000Z',
  until: '2099-11-27T00:00:00.000Z',
  people: ['Bea Buyer', 'Cy Cole', 'Di Dorn'],
  peopleCount: 3,
  touches: 7,
  why: 'Bea Buyer, Cy Cole and Di Dorn within 5 business days, 7 times in all: Read the pricing page.',
};

const person = (name: string, engaged: boolean) => ({ leadId: `lead_${name}`, name, engaged });

export const buyingGroup: AccountView['account']['buyingGroup'] = [
  { persona: 'decider', label: 'Decides', covered: false, people: [] },
  {
    ...{ persona: 'leader', label: 'Leads a department', covered: true },
    people: [
      person('Bea Buyer', true),
      person('Cy Cole', true),
      person('Di Dorn', true),
      person('Eve End', true),
      person('Flo Fey', false),
    ],
  },
  { persona: 'user', label: 'Works with it', covered: false, people: [person('Gil Glob', false)] },
];

/** Keeps a fifth of the score, which counts fit too. */
export const asStudent = (lead: LeadView): void => {
  const before = lead.score + lead.fitPoints;
  lead.scoreIncludesFit = true;
  lead.score = Math.round(before / 5);
  lead.suppressed = {
    before,
    points: lead.score - before,
    factor: 0.2,
    rules: [{ label: 'Student', why: 'the job title is Student of Law' }],
  };
};
