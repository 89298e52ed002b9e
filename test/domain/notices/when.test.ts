// When a mail may reach somebody, by cases on a calendar of Berlin, Monday to Friday, 10 to 18.
import { expect, test } from 'vitest';
import { mayGoAt, type When } from '../../../lib/domain/notices/when.ts';
import { testPlaybook } from '../playbooks.ts';

const ada = 'ada@seller.example';
const at = (when: When, now: string, digestAt?: string): string => {
  const notices = digestAt === undefined ? {} : { digest: { grades: ['C1' as const], at: digestAt } };
  const away = [{ from: '2026-11-26', to: '2026-11-27' }];
  const playbook = testPlaybook({ notices, people: [{ name: 'Ada', email: ada, away }] });
  return new Date(mayGoAt(when, ada, playbook, Date.parse(`2026-11-${now}:00.000Z`))).toISOString().slice(8, 16);
};

test.each<[string, When, string, string | undefined, string]>([
  ['at once is now, at night too', 'at-once', '21T23:30', undefined, '21T23:30'],
  ['in hours is now', 'in-hours', '20T10:00', undefined, '20T10:00'],
  ['at closing time it is the next morning', 'in-hours', '19T17:00', undefined, '20T09:00'],
  ['at the weekend it is Monday', 'in-hours', '21T12:00', undefined, '23T09:00'],
  ['of somebody away it is when they are back', 'in-hours', '26T10:00', undefined, '30T09:00'],
  ['a digest is at its time', 'digest', '19T10:00', '14:00', '19T13:00'],
  ['or, once that is over, at that of the next day', 'digest', '19T13:01', '14:00', '20T13:00'],
  ['on days on which they work', 'digest', '20T13:01', '14:00', '23T13:00'],
  ['not before their hours begin', 'digest', '19T20:00', '08:30', '20T09:00'],
  ['nor after they end, but the next morning', 'digest', '19T10:00', '19:00', '20T09:00'],
  ['and not while they are away', 'digest', '25T13:01', '14:00', '30T13:00'],
  ['and by the clock on the wall', 'digest', '19T09:00', '10:00', '19T09:00'],
])('%s', (_, when, now, digestAt, expected) => {
  expect(at(when, now, digestAt)).toBe(expected);
});

test('a digest follows the clock on the wall when that is put back', () => {
  // Berlin, the night to Sunday, 25 October 2026: 14:00 is 12:00 in UTC before it, and 13:00 after.
  const playbook = testPlaybook({ notices: { digest: { grades: ['C1'], at: '14:00' } } });
  const told = (now: string) => new Date(mayGoAt('digest', ada, playbook, Date.parse(now))).toISOString();
  expect(told('2026-10-23T09:00:00.000Z')).toBe('2026-10-23T12:00:00.000Z');
  expect(told('2026-10-23T12:30:00.000Z')).toBe('2026-10-26T13:00:00.000Z');
});
