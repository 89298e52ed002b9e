import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Hold, holdOn } from '../../../lib/domain/status/flapping.ts';
import { type StatusChange, timeIn, withChange } from '../../../lib/domain/status/history.ts';

const at = (seconds: number): string =>
  new Date(Date.parse('2026-11-20T00:00:00.000Z') + seconds * 1_000).toISOString();

describe('time in each status', () => {
  it('adds up, and survives that changes are dropped', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: 99 }), fc.constantFrom('A', 'B', 'C')), { maxLength: 150 }),
        (moves) => {
          let [history, status, since, now]: [StatusChange[], string, number, number] = [[], 'A', 0, 0];
          const spent: Record<string, number> = {};
          for (const [seconds, to] of moves) {
            now += seconds;
            spent[status] = (spent[status] ?? 0) + seconds;
            if (to === status) continue;
            history = withChange(history, { from: status, to, at: at(now), reason: 'so' }, at(since));
            [status, since] = [to, now];
          }
          expect(history.length).toBeLessThanOrEqual(50);
          const told = timeIn(history, { status, since: at(since) }, at(now));
          const expected = Object.entries(spent).flatMap(([name, time]) => (time === 0 ? [] : [[name, time * 1_000]]));
          expect(told).toEqual(Object.fromEntries(expected));
          // Only the latest change carries the sums.
          expect(history.slice(0, -1).some(({ spent }) => spent !== undefined)).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is what a history says that began before sums were kept', () => {
    const history = [
      { from: 'A', to: 'B', at: at(10), reason: 'so' },
      { from: 'B', to: 'A', at: at(40), reason: 'so' },
    ];
    expect(timeIn(history, { status: 'A', since: at(40) }, at(45))).toEqual({ A: 5_000, B: 30_000 });
    const next = withChange(history, { from: 'A', to: 'B', at: at(50), reason: 'so' }, at(40));
    expect(timeIn(next, { status: 'B', since: at(50) }, at(51))).toEqual({ A: 10_000, B: 31_000 });
  });
});

describe('a status that flaps', () => {
  const playbook = { flapping: { changes: 3, within: '60 seconds' } };
  const change = (seconds: number): StatusChange => ({ from: 'A', to: 'B', at: at(seconds), reason: 'so' });
  const history = [change(10), change(20), change(30)];
  const on = (judged: string, now: number, hold?: Hold, status = 'Nurture') =>
    holdOn({ status, history, hold }, judged, playbook, at(now));
  const hold: Hold = { since: at(40), until: at(100), wouldBe: 'Sales Working' };

  it('is held from the change after so many in so much time', () => {
    expect(on('Sales Working', 40)).toEqual(hold);
    expect(on('Nurture', 40)).toBeUndefined();
    // The first of the three is as long ago as counts.
    expect(on('Sales Working', 69.999)).toBeDefined();
    expect(on('Sales Working', 70)).toBeUndefined();
  });

  it('is let go once what would be judged has stood still as long', () => {
    expect(on('Sales Working', 99.999, hold)).toEqual(hold);
    expect(on('Sales Working', 100, hold)).toBeUndefined();
    const again = on('Nurture', 99, hold);
    expect(again).toEqual({ ...hold, until: at(159), wouldBe: 'Nurture' });
    expect(on('Nurture', 158, again)).toEqual(again);
    expect(on('Nurture', 159, again)).toBeUndefined();
  });

  test.each(['Disqualified', 'Partner', 'No Longer With Company'])('is never held back from %s', (set) => {
    expect(on(set, 40)).toBeUndefined();
    expect(on(set, 50, hold)).toBeUndefined();
  });

  it('does not hold a lead that is Qualified: its clock would run on though somebody has answered', () => {
    expect(on('Sales Working', 40, undefined, 'Qualified')).toBeUndefined();
  });
});
