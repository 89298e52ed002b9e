import { expect, it } from 'vitest';
import { accountIdOfCrm, accountIdOfDomain, soloAccountId } from '../../lib/domain/ids.ts';
import { emptyState } from '../../lib/domain/lead.ts';
import { matchLead } from '../../lib/domain/matching.ts';

const leadId = 'lead_1';
const mail = { kind: 'business', domain: 'acme.example' } as const;
const inCrm = {
  ...emptyState,
  crmAccount: { value: 'crm:47:11', at: '2026-11-20T00:00:00.000Z', source: 'crm' },
};

it('goes to the account the CRM puts the person in, before any domain', () => {
  expect(matchLead({ leadId, state: inCrm, mail, claimant: 'acct_x' })).toMatchObject({
    accountId: accountIdOfCrm('crm', '47:11'),
    rule: 'crm-id',
    evidence: expect.stringContaining('47:11'),
  });
});

it('goes to the account that has the domain, before one made of the domain', () => {
  const match = matchLead({ leadId, state: emptyState, mail, claimant: 'acct_x' });
  expect(match).toMatchObject({ accountId: 'acct_x', rule: 'account-domain' });
});

it('goes with its colleagues when nobody has the domain', () => {
  const match = matchLead({ leadId, state: emptyState, mail });
  expect(match).toMatchObject({ accountId: accountIdOfDomain('acme.example'), rule: 'mail-domain' });
});

it.each(['freemail', 'disposable'] as const)('stands alone with %s', (kind) => {
  const match = matchLead({ leadId, state: emptyState, mail: { kind } });
  expect(match).toEqual({ accountId: soloAccountId(leadId), rule: 'unmatched', evidence: `The mail is ${kind}.` });
});

it('stands alone without an e-mail', () => {
  expect(matchLead({ leadId, state: emptyState }).rule).toBe('unmatched');
});
