import { describe, expect, it, test } from 'vitest';
import type { OpportunityFacts } from '../../../lib/domain/deals.ts';
import { anyTouch } from '../../../lib/domain/facts/facts.ts';
import { emptyState, type IdentityState } from '../../../lib/domain/lead.ts';
import { isOpen, type LeadStatus, leadStatusOf, sentBackAt } from '../../../lib/domain/status/lead-status.ts';
import { factsOf } from '../facts-of.ts';

const day = (n: number): string => `2026-11-${String(n).padStart(2, '0')}T10:00:00.000Z`;
const register = <Value>(value: Value, at = day(10)) => ({ value, at, source: 'crm' });
const state = (given: Partial<IdentityState> = {}): IdentityState => ({ ...emptyState, ...given });
const engaged = { facts: factsOf({ '2026-11-05': { [anyTouch]: 1 } }) };
const open: OpportunityFacts = { state: register('open') };
const qualification = { level: 'MQL' as const, at: day(12), why: 'Asked for a demo on 2026-11-12; fit A.' };
const call = (at: string) => ({ id: 'crm:1', kind: 'call' as const, at });

/** Every status, by the least that leads to it. */
const reached = {
  'Pre-Qualified': leadStatusOf(state(), [], undefined),
  Nurture: leadStatusOf(state(engaged), [], undefined),
  Qualified: leadStatusOf(state(engaged), [], qualification),
  'Sales Working': leadStatusOf(state({ stage: register('working', day(13)) }), [], qualification),
  'Opportunity Open': leadStatusOf(state(), [open], undefined),
  Disqualified: leadStatusOf(state({ stage: register('disqualified') }), [], undefined),
  Partner: leadStatusOf(state({ stage: register('partner') }), [], undefined),
  'No Longer With Company': leadStatusOf(state({ stage: register('no-longer-with-company') }), [], undefined),
} satisfies Record<LeadStatus, unknown>;

test.each(Object.entries(reached))('%s is reached, with a reason', (status, verdict) => {
  expect(verdict.status).toBe(status);
  expect(verdict.reason).not.toBe('');
});

describe('the order of decision', () => {
  it.each(['disqualified', 'partner', 'no-longer-with-company'] as const)('%s outlives everything', (stage) => {
    const verdict = leadStatusOf(state({ ...engaged, stage: register(stage) }), [open], qualification);
    expect(verdict.reason).toBe('Set in the CRM on 2026-11-10.');
  });

  it('an open opportunity stands before a qualification', () => {
    expect(leadStatusOf(state(engaged), [open], qualification).status).toBe('Opportunity Open');
  });

  it('a qualification stands before having been sent back', () => {
    const back = state({ stage: register('nurture', day(11)) });
    expect(leadStatusOf(back, [], qualification).status).toBe('Qualified');
    expect(leadStatusOf(back, [], undefined)).toMatchObject({
      status: 'Nurture',
      reason: 'Sent back by sales on 2026-11-11; nothing new that qualifies.',
    });
  });
});

describe('a follow-up', () => {
  it('before the qualifying touch is none', () => {
    const before = state({ activities: [call(day(11))], stage: register('working', day(11)) });
    expect(leadStatusOf(before, [], qualification)).toEqual({
      status: 'Qualified',
      reason: qualification.why,
      qualifiedAt: day(12),
    });
  });

  it('is the first thing sales did since', () => {
    const done = state({ activities: [call(day(15)), call(day(13))], stage: register('working', day(14)) });
    expect(leadStatusOf(done, [], qualification)).toMatchObject({
      status: 'Sales Working',
      qualifiedAt: day(12),
      followedUpAt: day(13),
    });
  });

  it('may be at that very moment', () => {
    expect(leadStatusOf(state({ activities: [call(day(12))] }), [], qualification).status).toBe('Sales Working');
  });
});

describe('an opportunity is open', () => {
  test.each<[OpportunityFacts, boolean]>([
    [{}, false],
    [{ state: register('open') }, true],
    [{ state: register('won') }, false],
    [{ state: register('open'), renewal: register(true) }, false],
    [{ state: register('open'), renewal: register(true), worked: register(false) }, false],
    [{ state: register('open'), renewal: register(true), worked: register(true) }, true],
    [{ state: register('open'), renewal: register(false) }, true],
  ])('%j: %s', (facts, expected) => expect(isOpen(facts)).toBe(expected));
});

it('was sent back by nurture or by its opportunity won or lost, whichever was last', () => {
  const lost: OpportunityFacts = { state: register('lost', day(14)) };
  expect(sentBackAt(state(), [])).toBe('');
  expect(sentBackAt(state({ stage: register('nurture', day(11)) }), [open])).toBe(day(11));
  expect(sentBackAt(state({ stage: register('nurture', day(11)) }), [lost])).toBe(day(14));
  expect(sentBackAt(state({ stage: register('working', day(20)) }), [lost])).toBe(day(14));
});
