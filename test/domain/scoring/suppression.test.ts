import { describe, expect, it } from 'vitest';
import { dayNumberOf } from '../../../lib/domain/days.ts';
import type { DayCount } from '../../../lib/domain/facts/counts.ts';
import { anyTouch, type Facts, noFacts, unionOfFacts } from '../../../lib/domain/facts/facts.ts';
import type { PlaybookInput } from '../../../lib/domain/playbook/playbook.ts';
import { suppressed, suppressionsOf } from '../../../lib/domain/scoring/suppression.ts';
import { factsOf } from '../facts-of.ts';
import { testPlaybook } from '../playbooks.ts';
import { type Given, register, subjectOf } from './subjects.ts';

type Rules = NonNullable<PlaybookInput['suppression']>;
const holds = (suppression: Rules, given: Given) => {
  const subject = subjectOf(given);
  return suppressionsOf(subject, subject.state.facts, testPlaybook({ suppression }));
};
/** Why one rule holds; undefined when it does not. */
const why = (rule: Omit<Rules[string], 'label'>, given: Given) =>
  holds({ tried: { label: 'Tried', ...rule } }, given)[0]?.why;

describe('somebody is suppressed', () => {
  it('by the domain of their mail or of their company, whatever the case in the playbook', () => {
    const rule = { domains: ['Rival.example', 'other.example'] };
    expect(why(rule, { mailDomain: 'rival.example' })).toBe('the domain is rival.example');
    expect(why(rule, { account: { domains: ['a.example', 'other.example'] } })).toBe('the domain is other.example');
    expect(why(rule, { mailDomain: 'rival.example', account: { domains: ['other.example'] } })).toBe(
      'the domain is rival.example',
    );
    expect(why(rule, { mailDomain: 'notrival.example', account: { domains: [] } })).toBeUndefined();
    expect(why(rule, { account: {} })).toBeUndefined();
    expect(why(rule, {})).toBeUndefined();
  });

  it('by phrases in their title', () => {
    const rule = { titles: ['student', 'job seeker'] };
    expect(why(rule, { profile: { jobTitle: 'PhD Student' } })).toBe('the job title is PhD Student');
    expect(why(rule, { profile: { jobTitle: 'Studentenwerk' } })).toBeUndefined();
    expect(why(rule, { profile: { company: 'Student' } })).toBeUndefined();
  });

  it('by phrases in the name of their company', () => {
    const rule = { companies: ['university'] };
    expect(why(rule, { profile: { company: 'University of Bonn' } })).toBe('the company is University of Bonn');
    expect(why(rule, { account: { name: 'The University' } })).toBe('the company is The University');
    expect(why(rule, { profile: { jobTitle: 'University' } })).toBeUndefined();
  });

  it('by the kind of their mail address', () => {
    const rule = { emailKinds: ['disposable' as const, 'freemail' as const] };
    expect(why(rule, { emailKind: 'freemail' })).toBe('the mail is freemail');
    expect(why(rule, { emailKind: 'business' })).toBeUndefined();
    expect(why(rule, {})).toBeUndefined();
  });

  it('by the share of what they did', () => {
    const did = (pages: number, all: number): Given => ({
      facts: factsOf({ '2026-11-19': { 'any-page': pages - 1, [anyTouch]: all }, '2026-11-20': { 'any-page': 1 } }),
    });
    const rule = { share: { signal: 'any-page', atLeast: 0.5 } };
    expect(why(rule, did(3, 6))).toBe('3 of 6 touches are: Visited the site');
    expect(why(rule, did(3, 7))).toBeUndefined();
    expect(why(rule, did(2, 2))).toBeUndefined();
    expect(why({ share: { ...rule.share, touches: 2 } }, did(2, 2))).toBe('2 of 2 touches are: Visited the site');
    expect(why(rule, {})).toBeUndefined();
  });

  it('by as many touches on a day as no person makes', () => {
    const rule = { touchesPerDay: 40 };
    const facts = factsOf({ '2026-11-18': { [anyTouch]: 39 }, '2026-11-19': { [anyTouch]: 40 } });
    expect(why(rule, { facts })).toBe('40 touches on 2026-11-19');
    expect(why({ touchesPerDay: 41 }, { facts })).toBeUndefined();
    expect(why(rule, { facts: factsOf({ '2026-11-18': { pricing: 99 } }) })).toBeUndefined();
  });

  it('by such a day for good, however much they do afterwards', () => {
    const busy = dayNumberOf('2024-03-10');
    const list = (signal: string): [string, DayCount[]] => [
      signal,
      Array.from({ length: 1_000 }, (_, n) => [busy - 20 + n, n === 20 ? 40 : 1, 1_000, 2_000]),
    ];
    const facts = unionOfFacts([noFacts, { days: Object.fromEntries([anyTouch, 'pricing', 'webinar'].map(list)) }]);
    expect(facts.days[anyTouch]?.[0]?.[0]).toBeGreaterThan(busy);
    expect(why({ touchesPerDay: 40 }, { facts })).toBe('40 touches on 2024-03-10');
    expect(why({ touchesPerDay: 41 }, { facts })).toBeUndefined();
  });

  it('by being a partner, as a person or as a company', () => {
    const rule = { partners: true as const };
    const since = '2026-05-04T09:00:00.000Z';
    expect(why(rule, { stage: { ...register('partner' as const), at: since } })).toBe(
      'a partner in the CRM since 2026-05-04',
    );
    expect(why(rule, { account: { standing: 'partner' } })).toBe('a partner in the CRM since 2026-11-01');
    expect(why(rule, { account: { standing: 'disqualified' } })).toBeUndefined();
    expect(why(rule, { stage: register('working' as const), account: { standing: null } })).toBeUndefined();
    expect(why(rule, {})).toBeUndefined();
    // Only where the playbook asks for it.
    expect(why({ titles: ['student'] }, { account: { standing: 'partner' } })).toBeUndefined();
  });

  it('by any of what a rule names, the first said', () => {
    const rule = { domains: ['rival.example'], titles: ['student'] };
    expect(why(rule, { profile: { jobTitle: 'Student' } })).toBe('the job title is Student');
    expect(why(rule, { profile: { jobTitle: 'Student' }, mailDomain: 'rival.example' })).toBe(
      'the domain is rival.example',
    );
  });

  it('by every rule that holds, in the order of the playbook', () => {
    const rules: Rules = {
      student: { label: 'Student', titles: ['student'], factor: 0.2 },
      free: { label: 'Free mail', emailKinds: ['freemail'], factor: 0.5 },
      rival: { label: 'Competitor', domains: ['rival.example'] },
    };
    const given: Given = { profile: { jobTitle: 'Student' }, mailDomain: 'rival.example', emailKind: 'business' };
    expect(holds(rules, given)).toEqual([
      { rule: 'student', label: 'Student', factor: 0.2, why: 'the job title is Student' },
      { rule: 'rival', label: 'Competitor', factor: 0, why: 'the domain is rival.example' },
    ]);
  });

  it('by what is known of them at that time', () => {
    const playbook = testPlaybook({ suppression: { bot: { label: 'Bot', touchesPerDay: 10 } } });
    const later: Facts = factsOf({ '2026-11-19': { [anyTouch]: 10 } });
    expect(suppressionsOf(subjectOf({ facts: later }), factsOf({}), playbook)).toEqual([]);
    expect(suppressionsOf(subjectOf(), later, playbook)).toHaveLength(1);
    // Made ready once; another playbook has its own.
    expect(suppressionsOf(subjectOf(), later, testPlaybook())).toEqual([]);
  });
});

describe('what is taken', () => {
  const hold = (factor: number, rule = 'student') => ({ rule, label: 'Student', why: 'they study', factor });

  it('is nothing where nothing holds', () => {
    expect(suppressed(80, [])).toBeUndefined();
  });

  it('leaves a share of the score, rounded, and keeps the score before', () => {
    expect(suppressed(80, [hold(0)])).toEqual({
      before: 80,
      points: -80,
      factor: 0,
      rules: [{ rule: 'student', label: 'Student', why: 'they study' }],
    });
    expect(suppressed(25, [hold(0.5)])).toMatchObject({ before: 25, points: -12, factor: 0.5 });
    expect(suppressed(1, [hold(0.25)])).toMatchObject({ before: 1, points: -1 });
  });

  it('is decided by the rule that leaves least, and all are named', () => {
    const less = suppressed(100, [hold(0.5), hold(0.2, 'rival'), hold(0.9, 'partner')]);
    expect(less).toMatchObject({ before: 100, points: -80, factor: 0.2 });
    expect(less!.rules.map(({ rule }) => rule)).toEqual(['student', 'rival', 'partner']);
  });

  it('is never a penalty: that stays whole', () => {
    expect(suppressed(-30, [hold(0.5)])).toMatchObject({ before: -30, points: 0 });
    expect(suppressed(0, [hold(0)])).toMatchObject({ before: 0, points: 0 });
  });
});
