// Clocks for tests: Ada's of a lead with grade A1, which she got on a Friday at noon in Berlin and has to answer within four hours.
import type { PlaybookInput } from '../../../lib/domain/playbook/playbook.ts';
import { type Assigned, startClock } from '../../../lib/domain/sla/clock.ts';
import { testPlaybook } from '../playbooks.ts';

export const ada = 'ada@seller.example';
export const ben = 'ben@seller.example';
export const grace = 'grace@seller.example';
export const max = 'max@seller.example';

const officeHours = [{ from: '10:00', to: '18:00' }];
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;
const hours = Object.fromEntries(weekdays.map((day) => [day, officeHours]));

/** Ada and Ben in Berlin, their manager Grace in New York, hers, Max, in Berlin again. */
export const slaPlaybook = (sla: Partial<PlaybookInput['sla']> = {}, changes: Partial<PlaybookInput> = {}) =>
  testPlaybook({
    calendars: { berlin: { timezone: 'Europe/Berlin', hours }, 'new-york': { timezone: 'America/New_York', hours } },
    people: [
      { name: 'Ada Rep', email: ada, manager: grace },
      { name: 'Ben Rep', email: ben, manager: grace },
      { name: 'Grace Manager', email: grace, manager: max, calendar: 'new-york' },
      { name: 'Max Boss', email: max },
    ],
    sla: {
      calendar: 'berlin',
      targets: { A1: { within: '4 hours', conversation: 'Offer two times today.' } },
      otherwise: { within: '8 hours' },
      ...sla,
    },
    ...changes,
  });

/** A moment of Friday, 20 November 2026. */
export const friday = (time: string): string => `2026-11-20T${time}:00.000Z`;
export const monday = (time: string): string => `2026-11-23T${time}:00.000Z`;

export const assigned: Assigned = {
  assignmentId: 'evt_1.1',
  generation: 'evt_1',
  qualifiedAt: friday('10:59'),
  owner: ada,
  grade: 'A1',
  routedAt: friday('11:00'),
};

export const clockOf = (playbook = slaPlaybook(), changes: Partial<Assigned> = {}) =>
  startClock({ ...assigned, ...changes }, playbook);
