// What the CRM says of a person's record as a record.
import { expect, it } from 'vitest';
import type { CrmChange } from '../../events/crm-change-captured.v1.ts';
import { leadIdOfCrmPerson } from '../../lib/domain/ids.ts';
import { hearFate, isGone, type RecordFate } from '../../lib/domain/record-fate.ts';
import { crm } from '../simulation/lines.ts';

const at = (hour: number): string => new Date(Date.UTC(2026, 10, 20, hour)).toISOString();
const hear = (news: [number, { mergedInto?: string | null; deleted?: boolean }][]): RecordFate | undefined =>
  news.reduce<RecordFate | undefined>((fate, [hour, given]) => {
    const change: Extract<CrmChange, { object: 'person' }> = { object: 'person', externalId: 'p1', ...given };
    return hearFate(fate, crm(`l${hour}`, at(hour), change), change);
  }, undefined);

it('is nothing until something is said of it', () => {
  expect(hear([[1, {}]])).toBeUndefined();
  expect(isGone(undefined)).toBe(false);
});

it('is what was said last, whatever comes last', () => {
  const news: Parameters<typeof hear>[0] = [
    [1, { mergedInto: 'p2' }],
    [2, { deleted: true }],
    [3, { mergedInto: null }],
  ];
  const fate = {
    mergedInto: { value: null, at: at(3), source: 'crm' },
    deleted: { value: true, at: at(2), source: 'crm' },
  };

  expect(hear(news)).toEqual(fate);
  expect(hear([...news].reverse())).toEqual(fate);
  expect(hear(news.slice(0, 1))?.mergedInto?.value).toBe(leadIdOfCrmPerson('crm', 'p2'));
});

it('is gone once deleted, unless another took it in, and back when that is said', () => {
  expect(isGone(hear([[1, { deleted: true }]]))).toBe(true);
  expect(
    isGone(
      hear([
        [1, { deleted: true }],
        [2, { mergedInto: 'p2' }],
      ]),
    ),
  ).toBe(false);
  expect(
    isGone(
      hear([
        [1, { deleted: true }],
        [2, { deleted: false }],
      ]),
    ),
  ).toBe(false);
});
