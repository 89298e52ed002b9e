import { describe, expect, it, test } from 'vitest';
import { anyTouch } from '../../../lib/domain/facts/facts.ts';
import { emptyState, type IdentityState } from '../../../lib/domain/lead.ts';
import type { Qualification } from '../../../lib/domain/scoring/qualification.ts';
import { type LeadSituation, leadStatusOf, sentBackAt } from '../../../lib/domain/status/lead-status.ts';
import type { LeadStatus } from '../../../lib/domain/status/statuses.ts';
import { factsOf } from '../facts-of.ts';

const day = (n: number): string => `2026-11-${String(n).padStart(2, '0')}T10:00:00.000Z`;
const register = <Value>(value: Value, at = day(10)) => ({ value, at, source: 'crm' });
const state = (given: Partial<IdentityState> = {}): IdentityState => ({ ...emptyState, ...given });
const engaged = { facts: factsOf({ '2026-11-05': { [anyTouch]: 1 } }) };
type Own = LeadSituation['own'][number];
const opportunity = (state: Own['state'], at = day(10)): Own => ({
  ...{ state, at, openedAt: at, renewal: false, worked: false, isOpen: state === 'open', isClosed: state !== 'open' },
});
const open = opportunity('open');
const judged = (state: IdentityState, own: Own[], qualification?: Qualification, more: Partial<LeadSituation> = {}) =>
  leadStatusOf({ state, own, qualification, ...more });
const qualification = { level: 'MQL' as const, at: day(12), why: 'Asked for a demo on 2026-11-12; fit A.' };
const call = (at: string) => ({ id: 'crm:1', kind: 'call' as const, at });

/** Every status, by the least that leads to it. */
const reached = {
  'Pre-Qualified': judged(state(), []),
  Nurture: judged(state(engaged), []),
  Qualified: judged(state(engaged), [], qualification),
  'Sales Working': judged(state({ stage: register('working', day(13)) }), [], qualification),
  'Opportunity Open': judged(state(), [open]),
  Disqualified: judged(state({ stage: register('disqualified') }), []),
  Partner: judged(state({ stage: register('partner') }), []),
  'No Longer With Company': judged(state({ stage: register('no-longer-with-company') }), []),
} satisfies Record<LeadStatus, unknown>;

test.each(Object.entries(reached))('%s is reached, with a reason', (status, verdict) => {
  expect(verdict.status).toBe(status);
  expect(verdict.reason).not.toBe('');
});

describe('the order of decision', () => {
  it.each(['disqualified', 'partner', 'no-longer-with-company'] as const)('%s outlives everything', (stage) => {
    const verdict = judged(state({ ...engaged, stage: register(stage) }), [open], qualification);
    expect(verdict.reason).toBe('Set in the CRM on 2026-11-10.');
  });

  it('an open opportunity stands before a qualification', () => {
    expect(judged(state(engaged), [open], qualification).status).toBe('Opportunity Open');
  });

  it('a qualification stands before having been sent back', () => {
    const back = state({ stage: register('nurture', day(11)) });
    expect(judged(back, [], qualification).status).toBe('Qualified');
    expect(judged(back, [])).toMatchObject({
      status: 'Nurture',
      reason: 'Sent back by sales on 2026-11-11; nothing new that qualifies.',
    });
  });
});

describe('a follow-up', () => {
  it('before the qualifying touch is none', () => {
    const before = state({ activities: [call(day(11))], stage: register('working', day(11)) });
    expect(judged(before, [], qualification)).toMatchObject({
      status: 'Qualified',
      reason: qualification.why,
      qualifiedAt: day(12),
    });
  });

  it('is the first thing sales did since', () => {
    const done = state({ activities: [call(day(15)), call(day(13))], stage: register('working', day(14)) });
    expect(judged(done, [], qualification)).toMatchObject({
      status: 'Sales Working',
      qualifiedAt: day(12),
      followedUpAt: day(13),
    });
  });

  it('may be at that very moment', () => {
    expect(judged(state({ activities: [call(day(12))] }), [], qualification).status).toBe('Sales Working');
  });
});

it('was sent back by nurture or by its opportunity won or lost, whichever was last', () => {
  const lost = opportunity('lost', day(14));
  expect(sentBackAt(state(), [])).toBe('');
  expect(sentBackAt(state({ stage: register('nurture', day(11)) }), [open])).toBe(day(11));
  expect(sentBackAt(state({ stage: register('nurture', day(11)) }), [lost])).toBe(day(14));
  expect(sentBackAt(state({ stage: register('working', day(20)) }), [lost])).toBe(day(14));
});

describe('what somebody set of the account', () => {
  const accountStanding = register('disqualified' as const, day(15));

  it('holds for everybody there, whatever they do', () => {
    expect(judged(state(engaged), [open], qualification, { accountStanding })).toMatchObject({
      status: 'Disqualified',
      reason: 'The account was set to Disqualified in the CRM on 2026-11-15.',
      decidedAt: day(15),
    });
  });

  it('comes after what was set of themselves', () => {
    const left = state({ stage: register('no-longer-with-company') });
    expect(judged(left, [], undefined, { accountStanding }).status).toBe('No Longer With Company');
  });
});

describe('a stage of the tenant’s own', () => {
  const stage = { name: 'evaluation', label: 'In evaluation', is: 'Sales Working' };

  it('stands beside the status it is a part of, and beside no other', () => {
    const working = state({ stage: register('working', day(13)) });
    expect(judged(working, [], qualification, { stage }).stage).toEqual({ name: 'evaluation', label: 'In evaluation' });
    expect(judged(working, [open], qualification, { stage })).not.toHaveProperty('stage');
  });
});

it('rests on what it was decided by', () => {
  const done = state({ activities: [call(day(13))] });
  expect(judged(done, [], qualification).rests).toEqual([
    { kind: 'activity', name: 'call', at: day(13) },
    { kind: 'touch', at: day(12) },
  ]);
  expect(judged(state(), [{ ...open, id: '17', stage: 'Demo' }]).rests).toEqual([
    { kind: 'opportunity', id: '17', name: 'Demo', at: day(10) },
  ]);
});

it('became Opportunity Open when the opportunity was opened or the lead became its contact, whichever was later', () => {
  expect(judged(state(), [open]).decidedAt).toBe(day(10));
  expect(judged(state(), [{ ...open, primarySince: day(12) }]).decidedAt).toBe(day(12));
});
