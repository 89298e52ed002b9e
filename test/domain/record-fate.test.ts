// What the CRM says of a person's record as a record.
import { describe, expect, it } from 'vitest';
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
  const [into, none] = [
    { value: leadIdOfCrmPerson('crm', 'p2'), at: at(1), source: 'crm' },
    { value: null, at: at(3), source: 'crm' },
  ];
  const fate = {
    mergedInto: none,
    said: [into, none],
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

describe('a merge that is said again', () => {
  const since = (...news: [number, string | null][]): (string | null | undefined)[] =>
    [news, [...news].reverse(), [...news, ...news]].map(
      (all) => hear(all.map(([hour, mergedInto]) => [hour, { mergedInto }]))?.mergedInto?.at,
    );

  it('is as old as it was first said, in any order', () => {
    expect(since([1, 'p2'], [5, 'p2'])).toEqual([at(1), at(1), at(1)]);
  });

  it('is a new one after another, and after it was taken back', () => {
    expect(since([1, 'p2'], [2, 'p3'], [5, 'p2'])).toEqual([at(5), at(5), at(5)]);
    expect(since([1, 'p2'], [2, null], [5, 'p2'], [6, 'p2'])).toEqual([at(5), at(5), at(5)]);
  });

  it('was taken back when that was said first', () => {
    expect(since([1, 'p2'], [2, null], [5, null])).toEqual([at(2), at(2), at(2)]);
  });
});
