// The report on attainment of what stands in the table.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createVirtualClock } from '../../lib/adapters/embedded/clock.ts';
import { type Embedded, openEmbedded } from '../../lib/adapters/embedded/open.ts';
import { readAttainment } from '../../lib/steps/read-attainment.ts';
import { attainmentKey } from '../../lib/table/keys.ts';

let embedded: Embedded;
beforeEach(async () => {
  embedded = openEmbedded({ path: ':memory:', clock: createVirtualClock(Date.parse('2026-11-20T12:00:00.000Z')) });
  for (const [week, rep] of [
    ['2026-W45', 'ada@seller.example'],
    ['2026-W46', 'ada@seller.example'],
    ['2026-W47', 'ben@seller.example'],
  ] as const) {
    const attainment = { week, assignmentId: `${week}.1`, rep, grade: 'A1', met: week !== '2026-W46', systemMs: 2_000 };
    const put = { ...attainmentKey(week, attainment.assignmentId), type: 'attainment', version: 1, attainment };
    await embedded.table.write({ put, condition: { if: 'absent' } });
  }
});
afterEach(() => embedded.close());

const report = (from: string | null, to: string | null) => readAttainment(embedded, { from, to });

it('adds up the weeks asked for, by default the one that runs', async () => {
  expect(await report('2026-W46', '2026-W47')).toMatchObject({
    ...{ from: '2026-W46', to: '2026-W47' },
    total: { count: 2, met: 1, breached: 1 },
    rep: [{ name: 'ada@seller.example' }, { name: 'ben@seller.example' }],
  });
  expect(await report(null, null)).toMatchObject({ from: '2026-W47', total: { count: 1, met: 1 } });
  expect(await report('2026-W45', null)).toMatchObject({ total: { count: 3, systemP50: 2_000 } });
});

it.each([
  ['2026-W48', '2026-W47'],
  ['2026-W54', '2026-W54'],
  ['2026-11', '2026-W47'],
  ['2025-W01', '2026-W47'],
])('is none from %s to %s', async (from, to) => expect(await report(from, to)).toBeUndefined());
