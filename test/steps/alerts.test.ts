// When an account's owner is told: at the beginning of a surge or a threshold's run, once, whatever late news does to it.
import { describe, expect, it } from 'vitest';
import type { AccountAssessment } from '../../lib/domain/assessment.ts';
import type { AccountSurge } from '../../lib/domain/scoring/account-surge.ts';
import type { ReachedThreshold } from '../../lib/domain/scoring/account-thresholds.ts';
import { alertsOf, type ToldSurge } from '../../lib/steps/alerts.ts';

const at = '2026-11-20T09:00:00.000Z';
const account = 'acct_1';
const surge = (since: string, endsAt: string, standing = true): AccountSurge => ({
  since,
  endsAt,
  standing,
  personDays: 9,
  people: 3,
  usualPersonDays: 1.2,
  pValue: 0.0001,
  causes: [],
  why: '9 person-days in a week against 1.2 in a usual one.',
});
const reached = (id: string, since = '2026-11-20T08:00:00.000Z'): ReachedThreshold => ({
  id,
  label: 'Three people on pricing',
  since,
  until: '2026-11-26T00:00:00.000Z',
  people: [],
  peopleCount: 3,
  touches: 4,
  why: 'Three people.',
});
const assessment = (given: Partial<AccountAssessment> = {}): AccountAssessment => ({
  status: 'Nurture',
  reason: 'Engaged.',
  score: 10,
  parts: [],
  companyFitParts: [],
  ...given,
});
const told = (
  toldSurge: ToldSurge | undefined,
  next: Partial<AccountAssessment>,
  before: Partial<AccountAssessment> = {},
) => alertsOf(account, { assessment: assessment(before), toldSurge }, assessment(next), at);

describe('a surge', () => {
  it('is told when it begins', () => {
    const next = surge('2026-11-20', '2026-11-27');
    const { events } = alertsOf(account, undefined, assessment({ surge: next }), at);
    expect(events).toEqual([
      { type: 'account-surged.v1', id: expect.stringMatching(/^evt_/), at, accountId: account, since: '2026-11-20' },
    ]);
    expect(told(undefined, { surge: next }).told).toEqual({ since: '2026-11-20', endsAt: '2026-11-27' });
  });

  it('is not told again while it goes on, however late news moves it', () => {
    const known = { since: '2026-11-20', endsAt: '2026-11-27' };
    expect(told(known, { surge: surge('2026-11-20', '2026-11-29') })).toEqual({
      events: [],
      told: { since: '2026-11-20', endsAt: '2026-11-29' },
    });
    expect(told(known, { surge: surge('2026-11-18', '2026-11-27') })).toEqual({ events: [], told: known });
    expect(told(known, { surge: surge('2026-11-22', '2026-11-25') })).toEqual({ events: [], told: known });
    expect(told(known, { surge: surge('2026-11-27', '2026-12-04') }).events).toEqual([]);
    expect(told(known, {})).toEqual({ events: [], told: known });
  });

  it('after the last one is another one', () => {
    const known = { since: '2026-11-20', endsAt: '2026-11-27' };
    const next = told(known, { surge: surge('2026-11-28', '2026-12-05') });
    expect(next.events).toMatchObject([{ since: '2026-11-28' }]);
    expect(next.told).toEqual({ since: '2026-11-28', endsAt: '2026-12-05' });
  });

  it('that is over before anybody heard of it is not told', () => {
    expect(told(undefined, { surge: surge('2026-11-01', '2026-11-08', false) })).toEqual({ events: [] });
  });

  it('of an account nobody may sell to is not told, and is once they may', () => {
    const next = { surge: surge('2026-11-20', '2026-11-27') };
    expect(told(undefined, { ...next, status: 'Disqualified' })).toEqual({ events: [] });
    expect(told(undefined, next).events).toHaveLength(1);
  });
});

describe('a threshold', () => {
  it('is told when it is reached, and not while it holds', () => {
    expect(told(undefined, { reached: [reached('a'), reached('b')] }, { reached: [reached('b')] }).events).toEqual([
      {
        type: 'account-threshold-reached.v1',
        id: expect.stringMatching(/^evt_/),
        at,
        accountId: account,
        threshold: 'a',
        since: '2026-11-20T08:00:00.000Z',
      },
    ]);
    expect(told(undefined, {}, { reached: [reached('b')] }).events).toEqual([]);
  });

  it('reached again later is told again, under another id', () => {
    const [first] = told(undefined, { reached: [reached('a')] }).events;
    const [again] = told(undefined, { reached: [reached('a', '2026-12-20T08:00:00.000Z')] }).events;
    expect(again?.id).not.toBe(first?.id);
  });

  it('of an account nobody may sell to is not told', () => {
    expect(told(undefined, { reached: [reached('a')], status: 'Disqualified' }).events).toEqual([]);
  });
});
