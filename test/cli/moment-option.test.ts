// Moments as people type them.
import { expect, test } from 'vitest';
import { momentOption } from '../../cli/moment-option.ts';

test.each([
  ['2026-11-22T09:00:00Z', '2026-11-22T09:00:00.000Z'],
  ['2026-11-22T09:00Z', '2026-11-22T09:00:00.000Z'],
  ['2026-11-22T09:00:00.5Z', '2026-11-22T09:00:00.500Z'],
  ['2026-11-22T09:00:00+01:00', '2026-11-22T08:00:00.000Z'],
  ['2026-11-22', '2026-11-22T23:59:59.999Z'],
  ['2028-02-29', '2028-02-29T23:59:59.999Z'],
])('%s is %s', (typed, moment) => expect(momentOption(typed)).toBe(moment));

test.each(['2026-11-22T09:00:00', '2026-11-22T09:00'])('%s has no zone', (typed) => {
  expect(() => momentOption(typed)).toThrow(`the zone is missing: write ${typed}Z for UTC, or such as ${typed}+01:00`);
});

test.each([
  '2026-02-31',
  '2026-02-31T09:00:00Z',
  '2026-02-29',
  '2026-11-22T25:00:00Z',
  '5',
  '2026',
  '2026-11',
  '22 November 2026',
  'soon',
  '',
  '2026-11-22 09:00Z',
])('%j is no moment', (typed) => expect(() => momentOption(typed)).toThrow(/^a moment is ISO 8601, such as 2026-/));
