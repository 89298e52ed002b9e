import { describe, expect, it } from 'vitest';
import { type Attainment, attainmentOf, weekOf } from '../../../lib/domain/sla/attainment.ts';
import { attainmentReport, weeksBetween } from '../../../lib/domain/sla/attainment-report.ts';
import { takeDue } from '../../../lib/domain/sla/clock-due.ts';
import { answeredClock, endedClock } from '../../../lib/domain/sla/clock-endings.ts';
import { toldClock } from '../../../lib/domain/sla/clock-news.ts';
import { ada, ben, clockOf, friday, monday, slaPlaybook } from './clocks.ts';

const minute = 60_000;
const playbook = slaPlaybook({}, { teams: { emea: { members: [ada] } } });
const clock = toldClock(clockOf(playbook), friday('11:02'), playbook, friday('11:02'));

describe('what is reported of a clock', () => {
  it('is nothing while it runs, and nothing of one that was taken away before its time was over', () => {
    expect(attainmentOf(clock, playbook)).toBeUndefined();
    expect(attainmentOf(endedClock(clock, 'replaced', friday('12:00')), playbook)).toBeUndefined();
  });

  it('is a breach as soon as it is one, still open', () => {
    const { clock: breached } = takeDue(clock, playbook, friday('15:02'));
    expect(attainmentOf(breached, playbook)).toEqual({
      ...{ week: '2026-W47', assignmentId: 'evt_1.1', rep: ada, team: 'emea', grade: 'A1' },
      ...{ qualifiedAt: friday('10:59'), routedAt: friday('11:00'), toldAt: friday('11:02'), systemMs: 3 * minute },
      ...{ met: false, breachedAt: friday('15:02') },
    });
  });

  it('keeps the rep’s working time apart from what the system took', () => {
    const answered = answeredClock(clock, monday('09:30'), monday('10:00'));
    const reported = attainmentOf(answered, playbook);
    expect(reported).toMatchObject({ met: false, repMs: (5 * 60 + 58 + 30) * minute, systemMs: 3 * minute });
    expect(reported).toMatchObject({ firstResponseAt: monday('09:30'), endedAt: monday('09:30') });
  });

  it('is a breach of whoever lost the lead after their time was over, though nobody looked in between', () => {
    expect(attainmentOf(endedClock(clock, 'replaced', friday('15:03')), playbook)).toMatchObject({ met: false });
  });
});

describe('weeks', () => {
  it.each([
    ['2026-11-22T23:59:59.999Z', '2026-W47'],
    ['2026-11-23T00:00:00.000Z', '2026-W48'],
    ['2027-01-03T12:00:00.000Z', '2026-W53'],
    ['2027-01-04T00:00:00.000Z', '2027-W01'],
    ['2024-12-30T00:00:00.000Z', '2025-W01'],
    ['2021-01-03T00:00:00.000Z', '2020-W53'],
  ])('%s is in %s', (moment, week) => expect(weekOf(moment)).toBe(week));

  it('are counted from one to another, over the year’s end', () => {
    expect(weeksBetween('2026-W52', '2027-W01', 53)).toEqual(['2026-W52', '2026-W53', '2027-W01']);
    expect(weeksBetween('2026-W47', '2026-W47', 53)).toEqual(['2026-W47']);
    expect(weeksBetween('2026-W47', '2026-W46', 53)).toBeUndefined();
    expect(weeksBetween('2026-W01', '2026-W53', 53)).toHaveLength(53);
    expect(weeksBetween('2026-W01', '2027-W01', 53)).toBeUndefined();
  });
});

describe('the report', () => {
  const one = (n: number, changes: Partial<Attainment> = {}): Attainment => ({
    ...{ week: '2026-W47', assignmentId: `evt_${n}.1`, rep: ada, team: 'emea', grade: 'A1' },
    ...{ qualifiedAt: friday('10:59'), routedAt: friday('11:00'), met: true, endedAt: friday('12:00') },
    ...{ repMs: n * minute, systemMs: n * 1_000 },
    ...changes,
  });
  const all = [
    ...Array.from({ length: 10 }, (_, n) => one(n + 1)),
    one(11, {
      rep: ben,
      team: undefined,
      grade: 'C3',
      week: '2026-W48',
      met: false,
      endedAt: undefined,
      repMs: undefined,
    }),
  ];

  it('adds up per rep, team, grade and week, with the median and what nine of ten do not exceed', () => {
    const { total, rep, team, grade, week } = attainmentReport(all);
    expect(total).toEqual({
      ...{ count: 11, met: 10, breached: 1, open: 1, repP50: 5 * minute, repP90: 9 * minute },
      ...{ systemP50: 6_000, systemP90: 10_000 },
    });
    expect(rep.map(({ name, count, met }) => [name, count, met])).toEqual([
      [ada, 10, 10],
      [ben, 1, 0],
    ]);
    expect(rep[1]).toMatchObject({ repP50: null, repP90: null, systemP50: 11_000 });
    expect(team.map(({ name, count }) => [name, count])).toEqual([['emea', 10]]);
    expect(grade.map(({ name, open }) => [name, open])).toEqual([
      ['A1', 0],
      ['C3', 1],
    ]);
    expect(week.map(({ name }) => name)).toEqual(['2026-W47', '2026-W48']);
  });

  it('of nothing says so', () => {
    expect(attainmentReport([])).toMatchObject({ total: { count: 0, repP50: null, systemP90: null }, rep: [] });
  });
});
