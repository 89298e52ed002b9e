import { describe, expect, it, test } from 'vitest';
import type { AccountFacts } from '../../../lib/domain/account.ts';
import type { ContractFacts, OpportunityFacts } from '../../../lib/domain/deals.ts';
import { anyTouch, type Facts, noFacts } from '../../../lib/domain/facts/facts.ts';
import { type AccountStatus, accountStatusOf, type MemberStanding } from '../../../lib/domain/status/account-status.ts';
import type { LeadStatus } from '../../../lib/domain/status/lead-status.ts';
import { factsOf } from '../facts-of.ts';

const now = '2026-11-20T12:00:00.000Z';
const day = (n: number): string => `2026-11-${String(n).padStart(2, '0')}T10:00:00.000Z`;
const register = <Value>(value: Value) => ({ value, at: day(10), source: 'crm' });
const touched = (date: string): Facts => factsOf({ [date]: { [anyTouch]: [1, 0, 0] } });
const member = (status: LeadStatus, facts: Facts = noFacts, qualifiedAt?: string): MemberStanding => ({
  name: 'Bea Buyer',
  facts,
  verdict: { status, reason: 'Asked for a demo.', qualifiedAt },
});
const contract = (startsAt: string, endsAt?: string): ContractFacts => ({
  startsAt: register(startsAt),
  ...(endsAt && { endsAt: register(endsAt) }),
});
const open: OpportunityFacts = { state: register('open') };

interface Case {
  account?: AccountFacts;
  members?: MemberStanding[];
  opportunities?: OpportunityFacts[];
  contracts?: ContractFacts[];
}
const judged = ({ account, members = [], opportunities = [], contracts = [] }: Case) =>
  accountStatusOf(account, members, opportunities, contracts, now);

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
  Disqualified: { account: { standing: register('disqualified' as const) } },
  Partner: { account: { standing: register('partner' as const) } },
} satisfies Record<AccountStatus, Case>;

test.each(Object.entries(reached))('%s is reached, with a reason', (status, given) => {
  const verdict = judged(given);
  expect(verdict.status).toBe(status);
  expect(verdict.reason).not.toBe('');
});

describe('the order of decision', () => {
  const everything: Case = { members: [qualified, working], opportunities: [open], contracts: [active] };

  it('what a person set stands before everything, until it is taken back', () => {
    expect(judged({ ...everything, account: { standing: register('partner' as const) } }).status).toBe('Partner');
    expect(judged({ ...everything, account: { standing: register(null) } }).status).toBe('Customer Opportunity');
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
  test.each<[string, ContractFacts, AccountStatus]>([
    ['not begun', contract(day(25)), 'Pre-Qualified'],
    ['beginning now', contract(now), 'Customer'],
    ['ending now', contract(day(1), now), 'Churned'],
    ['ending later', contract(day(1), day(25)), 'Customer'],
    ['without a term', {}, 'Pre-Qualified'],
  ])('%s', (_, given, status) => expect(judged({ contracts: [given] }).status).toBe(status));

  it('that ended is not missed while another runs', () => {
    expect(judged({ contracts: [over, active] }).status).toBe('Customer');
  });

  it('is churned until something happens after the last one ended', () => {
    const last = contract(day(2), day(8));
    expect(judged({ contracts: [over, last], members: [member('Nurture', touched('2026-11-07'))] }).status).toBe(
      'Churned',
    );
    expect(judged({ contracts: [over, last], members: [member('Nurture', touched('2026-11-09'))] }).status).toBe(
      'Nurture',
    );
  });
});

it('a renewal that nobody works is no opportunity of a customer', () => {
  const renewal = { ...open, renewal: register(true) };
  expect(judged({ contracts: [active], opportunities: [renewal] }).status).toBe('Customer');
  expect(judged({ contracts: [active], opportunities: [{ ...renewal, worked: register(true) }] }).status).toBe(
    'Customer Opportunity',
  );
});

it('somebody sent back who did nothing here is still nurtured', () => {
  expect(judged({ members: [member('Nurture')] })).toEqual({ status: 'Nurture', reason: 'Sent back by sales.' });
  expect(judged({ members: [member('Disqualified')] }).status).toBe('Pre-Qualified');
});
