import { describe, expect, it } from 'vitest';
import { dayNumberOf } from '../../../lib/domain/days.ts';
import { anyTouch, factsUpTo } from '../../../lib/domain/facts/facts.ts';
import type { PlaybookInput } from '../../../lib/domain/playbook/playbook.ts';
import { qualificationOf } from '../../../lib/domain/scoring/qualification.ts';
import { scoreLead } from '../../../lib/domain/scoring/score-lead.ts';
import { factsOf } from '../facts-of.ts';
import { testPlaybook } from '../playbooks.ts';
import { type Given, subjectOf } from './subjects.ts';

type Days = Parameters<typeof factsOf>[0];
interface Case {
  /** When sales sent the lead back, and when it last did something. */
  after?: string;
  active?: string;
  changes?: Partial<PlaybookInput>;
  jobTitle?: string;
  asOf?: string;
}

const now = '2026-11-20T12:00:00.000Z';
const qualified = (days: Days, { after = '', active = '', changes = {}, jobTitle, asOf = now }: Case = {}) => {
  const given: Given = { facts: factsUpTo(factsOf(days), dayNumberOf(asOf)), emailKind: 'business' };
  const subject = subjectOf(jobTitle === undefined ? given : { ...given, profile: { jobTitle } });
  return qualificationOf(
    { subject, ...scoreLead(subject, testPlaybook(changes), asOf) },
    { sentBackAt: after, lastActiveAt: active },
    asOf,
  );
};
/** What one touch came at, and the last of a day's. */
const first = (day: string): string => `${day}T00:00:01.000Z`;
const last = (day: string): string => `${day}T00:00:02.000Z`;
const jobTitle = 'Head of IT';
const asked: Days = { '2026-11-20': { 'demo-request': 1 } };
const match = { kind: 'page' as const };

describe('a lead qualifies by a touch of high value', () => {
  it('from the moment of the first', () => {
    expect(qualified(asked)).toEqual({
      level: 'MQL',
      at: first('2026-11-20'),
      why: 'Asked for a demo on 2026-11-20; fit C.',
    });
  });

  it('only with the least fit the playbook asks for', () => {
    expect(qualified(asked, { jobTitle: 'Student' })).toBeUndefined();
    expect(qualified(asked, { changes: { qualification: { highValueMinimumFit: 'B' } } })).toBeUndefined();
    const anyone = { qualification: { highValueMinimumFit: 'D' as const } };
    expect(qualified(asked, { jobTitle: 'Student', changes: anyone })?.why).toBe(
      'Asked for a demo on 2026-11-20; fit D.',
    );
  });

  it('worth no points', () => {
    const changes = { signals: { fair: { label: 'Came to the fair', match, points: 0, highValue: true } } };
    expect(qualified({ '2026-11-19': { fair: 1 } }, { changes })).toMatchObject({
      level: 'MQL',
      at: first('2026-11-19'),
    });
  });

  it('and by no other touch', () => {
    expect(qualified({ '2026-11-20': { newsletter: 1, [anyTouch]: 1 } })).toBeUndefined();
  });

  it('as sales qualified where score or grade say so', () => {
    const changes = { qualification: { sql: { score: 60 } } };
    expect(qualified(asked, { changes })).toMatchObject({ level: 'SQL' });
    expect(qualified(asked, { changes: { qualification: { sql: { score: 61 } } } })).toMatchObject({ level: 'MQL' });
  });
});

describe('a lead qualifies by grade', () => {
  const days: Days = {
    '2026-11-18': { webinar: 1 },
    '2026-11-19': { pricing: 2 },
    '2026-11-20': { pricing: 1 },
  };

  it('from the last touch of the day that reached it', () => {
    expect(qualified(days, { jobTitle })).toEqual({
      level: 'MQL',
      at: last('2026-11-19'),
      why: 'Grade A2 with 53 points, most of them for: Read the pricing page.',
    });
    expect(qualified({ '2026-11-18': { webinar: 1 } }, { jobTitle })).toBeUndefined();
  });

  it('from the last of all touches of that day that give points', () => {
    const counts: Days = {
      '2026-11-20': { webinar: [2, 0, 7_000], newsletter: [1, 0, 5_000], [anyTouch]: [3, 0, 9_000] },
    };
    expect(qualified(counts, { jobTitle })?.at).toBe('2026-11-20T00:00:07.000Z');
    const swapped: Days = { '2026-11-20': { webinar: [2, 0, 5_000], newsletter: [1, 0, 7_000] } };
    expect(qualified(swapped, { jobTitle })?.at).toBe('2026-11-20T00:00:07.000Z');
  });

  it('only while it has it: what has decayed does not', () => {
    expect(qualified({ '2026-06-01': { pricing: 2, webinar: 1 } }, { jobTitle })).toBeUndefined();
  });

  it('as of a past day by what had happened by its end', () => {
    expect(qualified(days, { jobTitle, asOf: '2026-11-19T12:00:00.000Z' })).toMatchObject({ at: last('2026-11-19') });
    expect(qualified(days, { jobTitle, asOf: '2026-11-18T12:00:00.000Z' })).toBeUndefined();
  });

  it('from the day it first had it, in order of time, whatever the order of signals', () => {
    const counts: Days = { '2026-11-19': { newsletter: 1, webinar: 2 }, '2026-11-17': { webinar: 2 } };
    expect(qualified(counts, { jobTitle })?.at).toBe(last('2026-11-17'));
    // The newsletter, before the webinar in the playbook, came after it.
    const signals: Days = { '2026-11-17': { webinar: 2 }, '2026-11-19': { newsletter: 1 } };
    expect(qualified(signals, { jobTitle })?.at).toBe(last('2026-11-17'));
  });
});

describe('a lead qualifies by score', () => {
  const changes: Partial<PlaybookInput> = {
    signals: {
      one: { label: 'Looked', match, points: 1 },
      ten: { label: 'Read', match, points: 10 },
      hundred: { label: 'Wrote', match, points: 100 },
      leave: { label: 'Left', match, points: -20 },
      note: { label: 'Noted', match, points: 0 },
    },
    qualification: { mql: { score: 50 }, sql: { score: 100, grades: ['D3'] } },
  };

  it('of at least what the playbook says', () => {
    expect(qualified({ '2026-11-20': { one: 49 } }, { changes })).toBeUndefined();
    expect(qualified({ '2026-11-20': { one: 50 } }, { changes })).toEqual({
      level: 'MQL',
      at: last('2026-11-20'),
      why: 'Grade C2 with 50 points, most of them for: Looked.',
    });
    expect(qualified({ '2026-11-20': { one: 99 } }, { changes })?.level).toBe('MQL');
    expect(qualified({ '2026-11-20': { one: 100 } }, { changes })?.level).toBe('SQL');
  });

  it('or by grade, whichever the playbook names', () => {
    expect(qualified({ '2026-11-20': { one: 12 } }, { changes, jobTitle: 'Student' })?.level).toBe('SQL');
    expect(qualified({ '2026-11-20': { one: 12 } }, { changes })).toBeUndefined();
  });

  it('from the day it was sales or marketing qualified, whichever came first', () => {
    expect(qualified({ '2026-11-18': { ten: 5 }, '2026-11-20': { ten: 5 } }, { changes })).toMatchObject({
      level: 'SQL',
      at: last('2026-11-18'),
    });
  });

  it('only by something that gives points: a penalty is no news', () => {
    const counts: Days = { '2026-11-18': { hundred: 1 }, '2026-11-20': { leave: 1, note: 1 } };
    expect(qualified(counts, { changes, after: last('2026-11-18') })).toBeUndefined();
    expect(qualified({ ...counts, '2026-11-19': { one: 1 } }, { changes, after: last('2026-11-18') })?.at).toBe(
      last('2026-11-19'),
    );
  });
});

describe('the reason', () => {
  const signals: PlaybookInput['signals'] = Object.fromEntries(
    ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((rule) => [rule, { label: rule.toUpperCase(), match, points: 1 }]),
  );
  const reasons = (counts: Record<string, number>, more: PlaybookInput['signals'] = {}) =>
    qualified(
      { '2026-11-20': counts },
      { changes: { signals: { ...signals, ...more }, qualification: { mql: { score: 1 } } } },
    )?.why.replace(/^.*most of them for: /, '');

  it('names what is half of the points, the most first', () => {
    expect(reasons({ a: 2, b: 5, c: 3 })).toBe('B.');
    expect(reasons({ a: 3, b: 4, c: 3 })).toBe('B and A.');
    expect(reasons({ a: 1, b: 5, c: 5 })).toBe('B and C.');
  });

  it('names three at most', () => {
    expect(reasons({ a: 2, b: 2, c: 2, d: 2, e: 2 })).toBe('A, B and C.');
    expect(reasons({ a: 2, b: 2, c: 2, d: 2, e: 2, f: 2, g: 2, h: 2 })).toBe('A, B and C.');
  });

  it('leaves penalties and what gave nothing out', () => {
    const left = { left: { label: 'Left', match, points: -8 } };
    expect(reasons({ a: 9, left: 1 }, left)).toBe('A.');
    // Half of the ten points given, not of the two that are left.
    expect(reasons({ a: 3, b: 4, c: 3, left: 1 }, left)).toBe('B and A.');
    expect(reasons({ a: 2, none: 9 }, { none: { label: 'None', match, points: 0 } })).toBe('A.');
  });

  it('must be there: who only fits does not qualify', () => {
    const changes = { scoreIncludesFit: true, qualification: { mql: { score: 1 } } };
    expect(qualified({ '2026-11-20': { [anyTouch]: 1 } }, { changes, jobTitle })).toBeUndefined();
    expect(qualified({ '2026-11-20': { newsletter: 1 } }, { changes, jobTitle })?.why).toBe(
      'Grade A2 with 50 points, most of them for: Subscribed.',
    );
    // Points long gone are no reason either, though the touch is still there.
    expect(qualified({ '2020-11-20': { pricing: 1 } }, { changes, jobTitle })).toBeUndefined();
  });
});

describe('after sales sent it back, a lead qualifies', () => {
  it('only by something new of high value', () => {
    expect(qualified(asked, { after: last('2026-11-20') })).toBeUndefined();
    expect(qualified(asked, { after: '2026-11-20T00:00:01.999Z' })?.at).toBe(last('2026-11-20'));
    expect(qualified(asked, { after: '2026-11-20T00:00:00.999Z' })?.at).toBe(first('2026-11-20'));
  });

  it('only by something new that gives points', () => {
    const days: Days = { '2026-11-18': { webinar: 2 }, '2026-11-20': { newsletter: 1 } };
    expect(qualified(days, { jobTitle, after: '2026-11-19T00:00:00.000Z' })?.at).toBe(last('2026-11-20'));
    expect(qualified(days, { jobTitle, after: last('2026-11-20') })).toBeUndefined();
    expect(qualified(days, { jobTitle, after: '2026-11-18T00:00:01.999Z' })?.at).toBe(last('2026-11-18'));
  });
});

it('qualifies by whichever came first', () => {
  const days: Days = { '2026-11-18': { webinar: 2 }, '2026-11-20': { 'demo-request': 1 } };
  expect(qualified(days, { jobTitle })).toMatchObject({ at: last('2026-11-18'), why: expect.stringMatching(/^Grade/) });
  const other: Days = { '2026-11-18': { 'demo-request': 1 }, '2026-11-20': { webinar: 2 } };
  expect(qualified(other, { jobTitle })).toMatchObject({
    at: first('2026-11-18'),
    why: expect.stringMatching(/^Asked/),
  });
});

it('says of two at one moment always the same', () => {
  const signal = (label: string) => ({ label, match, points: 60, highValue: true });
  const days: Days = { '2026-11-20': { one: 1, two: 1 } };
  const why = (signals: PlaybookInput['signals']) => qualified(days, { changes: { signals } })?.why;
  expect(why({ one: signal('Wrote'), two: signal('Called') })).toBe('Called on 2026-11-20; fit C.');
  expect(why({ two: signal('Called'), one: signal('Wrote') })).toBe('Called on 2026-11-20; fit C.');
});

describe('whoever is suppressed', () => {
  const by = (factor: number): Case => ({
    jobTitle,
    changes: { suppression: { it: { label: 'IT', titles: ['it'], factor } } },
  });
  const days: Days = { '2026-11-18': { webinar: 2 }, '2026-11-20': { 'demo-request': 1 } };

  it('wholly never qualifies', () => {
    expect(qualified(days, by(0))).toBeUndefined();
    // Not even where nothing is needed.
    const anyone = { ...by(0).changes, qualification: { mql: { score: -99 } } };
    expect(qualified(days, { ...by(0), changes: anyone })).toBeUndefined();
  });

  it('in part may qualify, by what is left', () => {
    // 25 of 50 points are no A2; 34 of 68 are.
    expect(qualified({ '2026-11-18': { webinar: 2 } }, by(0.5))).toBeUndefined();
    expect(qualified({ '2026-11-18': { webinar: 2 }, '2026-11-20': { pricing: 2 } }, by(0.5))).toEqual({
      level: 'MQL',
      at: last('2026-11-20'),
      why: 'Grade A2 with 34 points, most of them for: Attended a webinar.',
    });
    expect(qualified(days, by(0.5))?.why).toBe('Asked for a demo on 2026-11-20; fit A.');
  });
});

describe('a lead that comes back', () => {
  const twice: Days = {
    '2026-03-02': { pricing: 2 },
    '2026-03-03': { pricing: 2 },
    '2026-11-18': { pricing: 2 },
    '2026-11-19': { pricing: 2 },
  };
  const answered = '2026-03-10T09:00:00.000Z';

  it('after it cooled off qualifies by coming back', () => {
    expect(qualified(twice, { jobTitle, active: answered })).toMatchObject({ at: last('2026-11-19') });
    expect(qualified(twice, { jobTitle })).toMatchObject({ at: last('2026-11-19') });
    expect(qualified(twice, { jobTitle, active: answered, asOf: '2026-06-20T12:00:00.000Z' })).toBeUndefined();
  });

  it('while it still holds its level is who it was', () => {
    const days: Days = { '2026-11-18': { webinar: 2 }, '2026-11-20': { newsletter: 1 } };
    expect(qualified(days, { jobTitle, active: '2026-11-19T09:00:00.000Z' })).toMatchObject({ at: last('2026-11-18') });
  });

  it('with a request nobody has answered has to be answered', () => {
    const days: Days = { '2025-03-05': { 'demo-request': 1 }, '2026-11-18': { 'demo-request': 1 } };
    expect(qualified(days, { active: '2025-03-06T09:00:00.000Z' })).toMatchObject({ at: first('2026-11-18') });
    expect(qualified(days, { active: '2026-11-19T09:00:00.000Z' })).toMatchObject({ at: first('2025-03-05') });
    expect(qualified(days, { active: last('2026-11-18') })).toMatchObject({ at: first('2025-03-05') });
  });

  it('and was sent back after the last thing sales did waits for something newer', () => {
    const days: Days = { '2026-11-10': { 'demo-request': 1 } };
    const sales = { active: '2026-11-11T09:00:00.000Z', after: '2026-11-12T09:00:00.000Z' };
    expect(qualified(days, sales)).toBeUndefined();
    const again: Days = { ...days, '2026-11-18': { 'demo-request': 1 } };
    expect(qualified(again, sales)).toMatchObject({ at: first('2026-11-18') });
  });
});

describe('a lead nobody has answered', () => {
  const days: Days = { '2026-11-01': { webinar: 1 }, '2026-11-02': { pricing: 1 } };
  const on = (day: string, active = '') => qualified(days, { jobTitle, active, asOf: `${day}T12:00:00.000Z` });

  it('stays qualified for 30 days though its points wear off, and says since when', () => {
    expect(on('2026-11-02')).toMatchObject({ at: last('2026-11-02') });
    expect(on('2026-11-25')).toMatchObject({
      level: 'MQL',
      at: last('2026-11-02'),
      why: 'Grade A2 with 34 points on 2026-11-02, most of them for: Attended a webinar.',
    });
    expect(on('2026-12-02')).toBeDefined();
    expect(on('2026-12-03')).toBeUndefined();
  });

  it('is held no longer once somebody did', () => {
    expect(on('2026-11-25', last('2026-11-02'))).toBeUndefined();
    expect(on('2026-11-25', first('2026-11-02'))).toBeDefined();
  });
});

it('takes nobody for new whose first days are no longer kept one by one', () => {
  const facts = factsOf({ '2026-11-18': { webinar: 2 }, '2026-11-20': { webinar: 1 } });
  const first = Date.parse('2025-01-02T09:00:00.000Z');
  const older = {
    ...facts,
    months: { webinar: [[2025 * 12, 4, 1 << 1, first, first] as [number, number, number, number, number]] },
  };
  const subject = subjectOf({ facts: older, emailKind: 'business', profile: { jobTitle } });
  const scored = { subject, ...scoreLead(subject, testPlaybook(), now) };
  const at = (sales: { sentBackAt: string; lastActiveAt: string }) => qualificationOf(scored, sales, now)?.at;
  expect(at({ sentBackAt: '', lastActiveAt: '2025-01-03T09:00:00.000Z' })).toBe('2025-01-02T09:00:00.000Z');
  expect(at({ sentBackAt: '2025-02-01T00:00:00.000Z', lastActiveAt: '' })).toBe(last('2026-11-18'));
});
