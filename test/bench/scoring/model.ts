// The one model of the scoring bench, ten rules, and leads to score by it: six signals with caps, a cap a day and half-lives,
// four rules of fit.
import { dayNumberOf } from '../../../lib/domain/days.ts';
import type { DayCount } from '../../../lib/domain/facts/counts.ts';
import { emptyState } from '../../../lib/domain/lead.ts';
import { type Playbook, playbook } from '../../../lib/domain/playbook/playbook.ts';
import type { Subject } from '../../../lib/domain/scoring/subject.ts';

export const today = '2026-11-20';

export const deciders = ['chief', 'ceo', 'vp', 'head', 'director'];
export const industries = ['software', 'finance'];
export const countries = ['DE', 'AT', 'CH'];

export const tenRules: Playbook = playbook.parse({
  name: 'Bench',
  signals: {
    demo: { label: 'Asked for a demo', match: { form: 'demo' }, points: 60, cap: 60 },
    pricing: {
      label: 'Read the pricing page',
      match: { url: '*/pricing*' },
      points: 10,
      capPerDay: 20,
      cap: 40,
      halfLifeDays: 14,
    },
    page: { label: 'Visited the site', match: { kind: 'page' }, points: 1, capPerDay: 5, cap: 20, halfLifeDays: 14 },
    webinar: { label: 'Attended a webinar', match: { kind: 'webinar' }, points: 25, cap: 50, halfLifeDays: 30 },
    newsletter: { label: 'Subscribed', match: { form: 'newsletter' }, points: 5, cap: 5 },
    careers: { label: 'Looked at jobs', match: { url: '*/careers*' }, points: -10, cap: 30 },
  },
  fit: {
    decider: { label: 'Decides', of: 'person', field: 'jobTitle', contains: deciders, points: 30 },
    country: { label: 'Home market', of: 'person', field: 'country', is: countries, points: 10 },
    large: { label: '500 people or more', of: 'company', field: 'employees', atLeast: 500, points: 20 },
    industry: {
      label: 'Chosen industry',
      of: 'company',
      field: 'industry',
      is: industries,
      points: 15,
      whenMissing: -5,
    },
  },
  grades: { fit: { A: 45, B: 30, C: 10 }, engagement: { 1: 60, 2: 30, 3: 10 } },
  people: [{ name: 'Ada Rep', email: 'ada@seller.example' }],
  routing: { pools: { inbound: { members: [{ email: 'ada@seller.example' }] } }, defaultPool: 'inbound' },
  sla: {
    calendar: { timezone: 'UTC', hours: { monday: [{ from: '09:00', to: '17:00' }] } },
    otherwise: { within: '8 hours' },
  },
});

/** The same numbers every time: xorshift, 32 bits. */
const randomFrom = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
};

const titles = [
  'Head of Procurement',
  'VP Engineering',
  'Chief Financial Officer',
  'Analyst',
  'Software Engineer',
  'Student',
];
const register = <Value>(value: Value) => ({ value, at: '2026-10-01T09:00:00.000Z', source: 'form' });

/** Leads as the table has them: on average three signals, on three days each. */
export const leads = (count: number): Subject[] => {
  const random = randomFrom(20_261_120);
  const last = dayNumberOf(today);
  return Array.from({ length: count }, (): Subject => {
    const days: Record<string, DayCount[]> = {};
    for (const signal of Object.keys(tenRules.signals)) {
      if (random(2) === 0) continue;
      const list = Array.from(
        { length: 1 + random(5) },
        (_, n): DayCount => [last - 5 * n - random(5), 1 + random(4), 1_000, 2_000],
      );
      days[signal] = list.reverse();
    }
    return {
      state: {
        ...emptyState,
        facts: { days },
        profile: {
          ...(random(4) > 0 && { jobTitle: register(titles[random(titles.length)]!) }),
          ...(random(3) > 0 && { country: register(['DE', 'US', 'AT', 'FR'][random(4)]!) }),
        },
      },
      account: {
        ...(random(3) > 0 && { employees: register(random(2_000)) }),
        ...(random(2) > 0 && { industry: register(['software', 'retail', 'finance'][random(3)]!) }),
      },
    };
  });
};
