import { describe, expect, it, test } from 'vitest';
import { anyTouch, type Facts, noFacts } from '../../../lib/domain/facts/facts.ts';
import {
  type AccountSituation,
  accountStatusOf,
  type MemberStanding,
} from '../../../lib/domain/status/account-status.ts';
import type { Term } from '../../../lib/domain/status/contracts.ts';
import type { Opportunity } from '../../../lib/domain/status/opportunities.ts';
import type { AccountStatus, LeadStatus } from '../../../lib/domain/status/statuses.ts';
import { factsOf } from '../facts-of.ts';

const now = '2026-11-20T12:00:00.000Z';
const day = (n: number): string => `2026-11-${String(n).padStart(2, '0')}T10:00:00.000Z`;
const register = <Value>(value: Value) => ({ value, at: day(10), source: 'crm' });
const touched = (date: string): Facts => factsOf({ [date]: { [anyTouch]: [1, 0, 0] } });
const member = (status: LeadStatus, facts: Facts = noFacts, qualifiedAt?: string): MemberStanding => ({
  leadId: 'lead_bea',
  name: 'Bea Buyer',
  facts,
  verdict: { status, reason: 'Asked for a demo.', ...(qualifiedAt && { qualifiedAt }) },
});
const contract = (from: string, until?: string): Term => ({ id: 'c', from, ...(until && { until }) });
const opportunity = (state: Opportunity['state'], at = day(10)): Opportunity => ({
  ...{ id: '17', state, at, openedAt: at, renewal: false, worked: false },
});
const open = opportunity('open');

interface Case extends Partial<Omit<AccountSituation, 'terms'>> {
  contracts?: Term[];
}
const judged = ({ members = [], opportunities = [], contracts = [], ...rest }: Case) =>
  accountStatusOf({ members, opportunities, terms: contracts, now, ...rest });

const active = contract(day(1));
const over = contract(day(1), day(5));
const qualified = member('Qualified', touched('2026-11-12'), day(12));
const working = member('Sales Working', touched('2026-11-12'), day(12));

/** Every status, by the least that leads to it. */
const reached = {
  'Pre-Qualified': {},
  Nurture: { members: [member('Nurture', touched('2026-11-12'))] },
  Qualified: { members: [qualified] },
  'Sales Working': { members: [working] },
  'Opportunity Open': { opportunities: [open] },
  Customer: { contracts: [active] },
  'Customer Engaged': { contracts: [active], members: [qualified] },
  'Customer Opportunity': { contracts: [active], opportunities: [open] },
  Churned: { contracts: [over] },
  Disqualified: { standing: register('disqualified' as const) },
  Partner: { standing: register('partner' as const) },
} satisfies Record<AccountStatus, Case>;

test.each(Object.entries(reached))('%s is reached, with a reason', (status, given) => {
  const verdict = judged(given);
  expect(verdict.status).toBe(status);
  expect(verdict.reason).not.toBe('');
});

describe('the order of decision', () => {
  const everything: Case = { members: [qualified, working], opportunities: [open], contracts: [active] };

  it('what a person set stands before everything, until it is taken back', () => {
    expect(judged({ ...everything, standing: register('partner' as const) }).status).toBe('Partner');
    expect(judged({ ...everything, standing: register(null) }).status).toBe('Customer Opportunity');
  });

  it('a contract before an opportunity before sales working before a qualification', () => {
    expect(judged({ ...everything, opportunities: [] }).status).toBe('Customer Engaged');
    expect(judged({ ...everything, contracts: [] }).status).toBe('Opportunity Open');
    expect(judged({ members: [qualified, working] }).status).toBe('Sales Working');
    expect(judged({ members: [member('Nurture'), qualified] }).status).toBe('Qualified');
  });

  it('a lead sent back does not pull down one that is worked', () => {
    expect(judged({ members: [member('Nurture', touched('2026-11-19')), working] }).status).toBe('Sales Working');
  });

  it('sales work on somebody who never qualified is no sales work on the account', () => {
    expect(judged({ members: [member('Sales Working', touched('2026-11-12'))] }).status).toBe('Nurture');
  });
});

describe('a contract', () => {
  test.each<[string, Term, AccountStatus]>([
    ['not begun', contract(day(25)), 'Pre-Qualified'],
    ['beginning now', contract(now), 'Customer'],
    ['ending now', contract(day(1), now), 'Churned'],
    ['ending later', contract(day(1), day(25)), 'Customer'],
    ['of which nobody said when it began', contract('', day(25)), 'Customer'],
  ])('%s', (_, given, status) => expect(judged({ contracts: [given] }).status).toBe(status));

  it('that ended is not missed while another runs', () => {
    expect(judged({ contracts: [over, active] }).status).toBe('Customer');
  });

  it('is churned until something happens after the last one ended', () => {
    const last = contract(day(2), day(8));
    expect(judged({ contracts: [last, over], members: [member('Nurture', touched('2026-11-07'))] }).status).toBe(
      'Churned',
    );
    expect(judged({ contracts: [last, over], members: [member('Nurture', touched('2026-11-09'))] }).status).toBe(
      'Nurture',
    );
  });
});

it('a renewal that nobody works is no opportunity of a customer', () => {
  const renewal = { ...open, renewal: true };
  expect(judged({ contracts: [active], opportunities: [renewal] }).status).toBe('Customer');
  expect(judged({ contracts: [active], opportunities: [{ ...renewal, worked: true }] }).status).toBe(
    'Customer Opportunity',
  );
});

it('somebody sent back who did nothing here is still nurtured', () => {
  expect(judged({ members: [member('Nurture')] })).toMatchObject({
    status: 'Nurture',
    reason: 'Bea Buyer: Asked for a demo.',
  });
  expect(judged({ members: [member('Disqualified')] }).status).toBe('Pre-Qualified');
});

it('a customer is engaged as long as somebody waits for an answer, qualified or not (T7)', () => {
  const engaged = { at: day(12), why: 'Asked for a demo on 2026-11-12.' };
  const unfit = { ...member('Nurture', touched('2026-11-12')), engaged };
  expect(judged({ contracts: [active], members: [unfit] })).toMatchObject({
    status: 'Customer Engaged',
    reason: 'A customer; Bea Buyer: Asked for a demo on 2026-11-12.',
    rests: [{ kind: 'lead', id: 'lead_bea', name: 'Bea Buyer', at: day(12) }, { kind: 'contract' }],
  });
  expect(judged({ contracts: [over], members: [{ ...unfit, facts: touched('2026-11-03') }] }).status).toBe('Nurture');
});

it('is not churned while another contract is to come', () => {
  expect(judged({ contracts: [contract(day(25)), over] })).toMatchObject({
    status: 'Nurture',
    reason: 'A contract ended on 2026-11-05, and another is to come.',
  });
});

it('an opportunity won or lost leaves Nurture behind', () => {
  expect(judged({ opportunities: [opportunity('lost', day(14))] })).toMatchObject({
    status: 'Nurture',
    reason: 'An opportunity was lost on 2026-11-14; nothing new since.',
  });
});

describe('a stage of the tenant’s own', () => {
  const own = (is: AccountStatus) => ({ name: 'n', label: 'Ours', is });
  const shown = { name: 'n', label: 'Ours' };

  it('is the account’s, where it is of that status', () => {
    expect(judged({ contracts: [active], stage: own('Customer') }).stage).toEqual(shown);
    expect(judged({ contracts: [active], stage: own('Churned') })).not.toHaveProperty('stage');
  });

  it('is the opportunity’s, of customers too', () => {
    const opportunities = [{ ...open, own: own('Opportunity Open') }];
    expect(judged({ opportunities }).stage).toEqual(shown);
    expect(judged({ opportunities, contracts: [active] }).stage).toEqual(shown);
    const ofCustomers = [{ ...open, own: own('Customer Opportunity') }];
    expect(judged({ opportunities: ofCustomers, contracts: [active] }).stage).toEqual(shown);
    expect(judged({ opportunities: ofCustomers })).not.toHaveProperty('stage');
  });

  it('is that of the lead it rests on', () => {
    const staged = { ...working, verdict: { ...working.verdict, stage: shown } };
    expect(judged({ members: [staged] }).stage).toEqual(shown);
    expect(judged({ members: [staged], contracts: [active] })).not.toHaveProperty('stage');
  });
});
