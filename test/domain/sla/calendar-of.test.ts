// Everybody has the calendar nearest to them, and is away by it.
import { expect, test } from 'vitest';
import { addBusinessTime } from '../../../lib/domain/sla/business-time.ts';
import { calendarOf, tenantCalendar } from '../../../lib/domain/sla/calendar-of.ts';
import { testPlaybook } from '../playbooks.ts';

const hours = { monday: [{ from: '09:00', to: '17:00' }] };
const calendars = {
  germany: { timezone: 'Europe/Berlin', hours },
  uk: { timezone: 'Europe/London', hours },
  us: { timezone: 'America/New_York', hours },
};
const people = [
  { name: 'Ada', email: 'ada@seller.example' },
  { name: 'Ben', email: 'ben@seller.example' },
  { name: 'Cyd', email: 'cyd@seller.example', calendar: 'us' },
  { name: 'Dot', email: 'dot@seller.example', away: [{ from: '2026-11-20', to: '2026-11-24' }] },
];
const playbook = testPlaybook({
  calendars,
  people,
  sla: { calendar: 'germany', otherwise: { within: '4 hours' } },
  teams: {
    everybody: { members: ['ben@seller.example'] },
    london: { members: ['ben@seller.example', 'cyd@seller.example', 'dot@seller.example'], calendar: 'uk' },
  },
});

test.each([
  ['the tenant’s of somebody without another', 'ada@seller.example', 'Europe/Berlin'],
  ['their team’s, the first that has one', 'ben@seller.example', 'Europe/London'],
  ['their own before their team’s', 'cyd@seller.example', 'America/New_York'],
  ['the tenant’s of somebody not among people', 'eve@seller.example', 'Europe/Berlin'],
])('%s', (_, email, timezone) => {
  expect(calendarOf(email, playbook).timezone).toBe(timezone);
});

test('is the same each time, so that its days are computed once', () => {
  expect(calendarOf('dot@seller.example', playbook)).toBe(calendarOf('dot@seller.example', playbook));
  expect(calendarOf('ada@seller.example', playbook)).toBe(tenantCalendar(playbook));
});

test('is without the times somebody is away', () => {
  const due = (email: string): string =>
    new Date(addBusinessTime(Date.parse('2026-11-20T12:00Z'), 3_600_000, calendarOf(email, playbook))).toISOString();
  expect(due('ben@seller.example')).toBe('2026-11-23T10:00:00.000Z');
  expect(due('dot@seller.example')).toBe('2026-11-30T10:00:00.000Z');
});

test('is the one written under sla where that is no name', () => {
  expect(tenantCalendar(testPlaybook()).timezone).toBe('Europe/Berlin');
});
