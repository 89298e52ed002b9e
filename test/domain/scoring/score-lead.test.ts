import { describe, expect, it, test } from 'vitest';
import type { AccountFacts } from '../../../lib/domain/account.ts';
import { anyTouch } from '../../../lib/domain/facts/facts.ts';
import { emptyState, type IdentityState } from '../../../lib/domain/lead.ts';
import type { PlaybookInput } from '../../../lib/domain/playbook/playbook.ts';
import { qualificationOf } from '../../../lib/domain/scoring/qualification.ts';
import { scoreLead } from '../../../lib/domain/scoring/score-lead.ts';
import { factsOf } from '../facts-of.ts';
import { testPlaybook } from '../playbooks.ts';

const now = '2026-11-20T12:00:00.000Z';
const register = <Value>(value: Value) => ({ value, at: '2026-11-01T00:00:00.000Z', source: 'crm' });
type Days = Parameters<typeof factsOf>[0];
const day = (signals: Days[string]): Days[string] => ({ ...signals, [anyTouch]: 1 });
const lead = (days: Days, profile: IdentityState['profile'] = {}, account?: AccountFacts) => ({
  state: { ...emptyState, facts: factsOf(days), profile },
  emailKind: 'business' as const,
  account,
});
const scored = (who: ReturnType<typeof lead>, playbook = testPlaybook()) => scoreLead(who, playbook, now).score;
const head = { jobTitle: register('Head of IT') };

describe('a score', () => {
  it('is the sum of its parts, and the grade of both sums', () => {
    const score = scored(lead({ '2026-11-20': day({ webinar: 1, pricing: 1 }) }, head));

    expect(score).toMatchObject({ score: 35, fitPoints: 45, grade: 'A2' });
    expect(score.parts.reduce((sum, { points }) => sum + points, 0)).toBe(score.score);
    expect(score.fitParts.reduce((sum, { points }) => sum + points, 0)).toBe(score.fitPoints);
  });

  test.each([
    [60, '1'],
    [59, '2'],
    [30, '2'],
    [29, '3'],
    [10, '3'],
    [9, '4'],
    [0, '4'],
  ])('of %i is engagement %s', (points, grade) => {
    const playbook = testPlaybook({ signals: { one: { label: 'One', match: { kind: 'page' }, points: 1 } } });
    const facts: Days = points === 0 ? {} : { '2026-11-20': { one: [points, 0, 0] } };
    expect(scored(lead(facts), playbook).grade.charAt(1)).toBe(grade);
  });

  it('takes company fields from the CRM before what the person typed', () => {
    const typed = { employees: register('20') };
    const known: AccountFacts = { employees: register(900) };

    expect(scored(lead({}, typed)).fitPoints).toBe(15);
    expect(scored(lead({}, typed, known)).fitPoints).toBe(35);
    expect(scored(lead({}, { employees: register('900 people') }, {})).fitPoints).toBe(35);
    expect(scored(lead({}, { employees: register('many') }, {})).fitPoints).toBe(15);
  });
});

describe('a lead qualifies', () => {
  const qualified = (
    days: Days,
    {
      after = '',
      changes = {},
      profile = {},
    }: {
      after?: string;
      changes?: Partial<PlaybookInput>;
      profile?: IdentityState['profile'];
    } = {},
  ) => {
    const playbook = testPlaybook(changes);
    const subject = lead(days, profile);
    return qualificationOf({ subject, ...scoreLead(subject, playbook, now) }, after);
  };
  const asked = { '2026-11-20': day({ 'demo-request': 1 }) };
  const at = (date: string, millisecond: number): string =>
    new Date(Date.parse(`${date}T00:00:00Z`) + millisecond).toISOString();

  it('by a high-value touch, from the moment of the first', () => {
    expect(qualified(asked)).toEqual({
      level: 'MQL',
      at: at('2026-11-20', 1_000),
      why: 'Asked for a demo on 2026-11-20; fit C.',
    });
  });

  it('by a high-value touch only with the least fit the playbook asks for', () => {
    expect(qualified(asked, { profile: { jobTitle: register('Student') } })).toBeUndefined();
    const anyone = { qualification: { highValueMinimumFit: 'D' as const } };
    expect(qualified(asked, { profile: { jobTitle: register('Student') }, changes: anyone })).toBeDefined();
  });

  it('by a high-value touch worth no points', () => {
    const changes = {
      signals: {
        fair: { label: 'Came to the fair', match: { kind: 'trade-show' as const }, points: 0, highValue: true },
      },
    };
    expect(qualified({ '2026-11-19': day({ fair: 1 }) }, { changes })?.at).toBe(at('2026-11-19', 1_000));
  });

  it('by grade, from the last touch of the day that reached it', () => {
    const facts = {
      '2026-11-18': day({ webinar: 1 }),
      '2026-11-19': day({ pricing: 2 }),
      '2026-11-20': day({ pricing: 1 }),
    };
    const why = 'Grade A2 with 53 points, most of them for: Read the pricing page.';
    expect(qualified(facts, { profile: head })).toEqual({ level: 'MQL', at: at('2026-11-19', 2_000), why });
    expect(qualified({ '2026-11-18': facts['2026-11-18'] }, { profile: head })).toBeUndefined();
  });

  it('by grade only while it has it: what has decayed does not', () => {
    const facts = { '2026-06-01': day({ pricing: 2, webinar: 1 }) };
    expect(qualified(facts, { profile: head })).toBeUndefined();
  });

  it('again, after sales sent it back, only by something new', () => {
    expect(qualified(asked, { after: at('2026-11-20', 2_000) })).toBeUndefined();
    expect(qualified(asked, { after: at('2026-11-20', 1_999) })?.at).toBe(at('2026-11-20', 2_000));
    expect(qualified(asked, { after: at('2026-11-20', 999) })?.at).toBe(at('2026-11-20', 1_000));
    const facts = { '2026-11-18': day({ webinar: 2 }), '2026-11-20': day({ newsletter: 1 }) };
    expect(qualified(facts, { profile: head, after: at('2026-11-19', 0) })?.at).toBe(at('2026-11-20', 2_000));
    expect(qualified(facts, { profile: head, after: at('2026-11-20', 2_000) })).toBeUndefined();
  });

  it('by whichever came first', () => {
    const facts = { '2026-11-18': day({ webinar: 2 }), '2026-11-20': day({ 'demo-request': 1 }) };
    expect(qualified(facts, { profile: head })?.at).toBe(at('2026-11-18', 2_000));
  });
});
