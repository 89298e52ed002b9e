import { describe, expect, it } from 'vitest';
import { blocksOf } from '../../lib/domain/account-matching/blocks.ts';
import type { KnownAccount } from '../../lib/domain/account-matching/card.ts';
import { accountIdOfCrm, accountIdOfDomain, soloAccountId } from '../../lib/domain/ids.ts';
import { emptyState, type IdentityState } from '../../lib/domain/lead.ts';
import { questionOf } from '../../lib/domain/match-question.ts';
import { type KnownAccounts, matchLead } from '../../lib/domain/matching.ts';
import type { PlaybookInput } from '../../lib/domain/playbook/playbook.ts';
import { testPlaybook } from './playbooks.ts';

const leadId = 'lead_1';
const at = '2026-11-20T00:00:00.000Z';
const said = <Value>(value: Value, source = 'form') => ({ value, at, source });

const account = (id: string, name: string, more: Partial<KnownAccount> = {}): KnownAccount => ({
  ...{ id, name, domains: [] },
  ...more,
});
const acme = account('acct_acme', 'Acme Bearings Ltd', { domains: [{ domain: 'acme.example' }], country: 'GB' });
const globex = account('acct_globex', 'Globex Corporation', { country: 'US' });

interface Asked {
  email?: string;
  network?: string;
  state?: Partial<IdentityState>;
  accounts?: KnownAccount[];
  matching?: PlaybookInput['matching'];
  known?: Partial<KnownAccounts>;
}
const matchOf = ({ email, network, state, accounts = [acme, globex], matching, known }: Asked) => {
  const networks = { here: { domain: network ?? 'nowhere.example' } };
  const playbook = testPlaybook({ networks, ...(matching !== undefined && { matching }) });
  const all: KnownAccounts = {
    ...blocksOf(accounts),
    decidedName: () => undefined,
    decidedDomain: () => undefined,
    fateOf: () => undefined,
    ...known,
  };
  const { match, ...beside } = matchLead(
    questionOf({ leadId, email }, { ...emptyState, ...state, ...(network && { network: said(network) }) }, playbook),
    playbook,
    all,
  );
  return { ...match, ...beside };
};
const working = (company: string, country?: string): Partial<IdentityState> => ({
  profile: { company: said(company), ...(country !== undefined && { country: said(country) }) },
});

describe('the account of a lead', () => {
  it('is the one the CRM puts the person in, before any domain', () => {
    const answer = matchOf({ email: 'bea@acme.example', state: { crmAccount: said('crm:47:11', 'crm') } });
    expect(answer).toMatchObject({
      accountId: accountIdOfCrm('crm', '47:11'),
      rule: 'crm-id',
      evidence: expect.stringContaining('47:11'),
    });
  });

  it('is the account that has the domain, before one made of the domain', () => {
    expect(matchOf({ email: 'bea@acme.example' })).toMatchObject({ accountId: acme.id, rule: 'domain' });
  });

  it('is the account of the name, where nobody has the domain', () => {
    const answer = matchOf({ email: 'bea@glbx.example', state: working('GLOBEX Corp.', 'United States') });
    expect(answer).toMatchObject({ accountId: globex.id, rule: 'exact-name' });
    expect(answer.tried.map(({ rule }) => rule)).toEqual(['crm-id', 'domain', 'subsidiary-domain']);
  });

  it('is made of the domain, where no rule knows better', () => {
    const answer = matchOf({ email: 'bea@initech.example', state: working('Initech') });
    expect(answer).toMatchObject({ accountId: accountIdOfDomain('initech.example'), rule: 'mail-domain' });
    expect(answer.review).toBeUndefined();
  });

  it.each(['freemail', 'disposable'] as const)('is none with %s', (kind) => {
    const email = { freemail: 'bea@gmail.com', disposable: 'bea@mailinator.com' }[kind];
    expect(matchOf({ email })).toMatchObject({
      ...{ accountId: soloAccountId(leadId), rule: 'unmatched', review: 'unmatched' },
      evidence: `The mail is ${kind}.`,
    });
  });

  it('is none without an e-mail', () => {
    expect(matchOf({}).rule).toBe('unmatched');
  });

  it('is told by the network somebody without a company’s mail came from', () => {
    const email = 'bea@gmail.com';
    expect(matchOf({ email, network: 'acme.example' })).toMatchObject({ accountId: acme.id, rule: 'network' });
    expect(matchOf({ email, network: 'initech.example' })).toMatchObject({
      ...{ accountId: accountIdOfDomain('initech.example'), rule: 'network', review: undefined },
    });
    expect(matchOf({ email, network: 'initech.example', matching: { rules: ['domain'] } }).rule).toBe('unmatched');
    expect(matchOf({ email: 'bea@globex.example', network: 'initech.example' }).rule).toBe('mail-domain');
  });

  it('is told by the name of somebody with personal mail', () => {
    expect(matchOf({ email: 'bea@gmail.com', state: working('Acme Bearings') })).toMatchObject({
      accountId: acme.id,
      review: undefined,
    });
  });
});

describe('what people decide', () => {
  const decided = (decision: 'assign' | 'dismiss' | 'undo', accountId?: string): Partial<IdentityState> => ({
    matchDecision: said({ decision, ...(accountId && { accountId }), by: 'ops', why: 'Asked her.' }, 'decision:1'),
  });

  it('stays, whatever the rules say', () => {
    const answer = matchOf({ email: 'bea@acme.example', state: decided('assign', 'acct_other') });
    expect(answer).toMatchObject({ accountId: 'acct_other', rule: 'assigned', review: undefined });
    expect(answer.evidence).toBe('ops decided so on 2026-11-20: Asked her.');
  });

  it('stays when the CRM says otherwise, and somebody is to look', () => {
    const answer = matchOf({ state: { ...decided('assign', 'acct_other'), crmAccount: said('crm:1', 'crm') } });
    expect(answer).toMatchObject({ accountId: 'acct_other', review: 'doubtful' });
    expect(answer.doubt?.accountId).toBe(accountIdOfCrm('crm', '1'));
  });

  it('leaves the rules to decide again once it is undone', () => {
    expect(matchOf({ email: 'bea@acme.example', state: decided('undo') })).toMatchObject({ rule: 'domain' });
  });

  it('takes whom nobody need look for out of review', () => {
    expect(matchOf({ email: 'bea@gmail.com', state: decided('dismiss') })).toMatchObject({
      ...{ rule: 'unmatched', review: undefined },
    });
  });

  it('counts for a name and a domain', () => {
    const accountId = 'acct_known';
    const byName = matchOf({
      email: 'bea@gmail.com',
      state: working('The Acme Crew'),
      known: { decidedName: (text) => ({ accountId, evidence: `ops decided whose ${text} is.` }) },
    });
    expect(byName).toMatchObject({ accountId, rule: 'exact-name', evidence: 'ops decided whose The Acme Crew is.' });
    const byDomain = matchOf({
      email: 'bea@acme.example',
      known: { decidedDomain: (domain) => ({ accountId, evidence: `ops decided whose ${domain} is.` }) },
    });
    expect(byDomain).toMatchObject({ accountId, rule: 'domain' });
  });
});

describe('in a group of companies', () => {
  const group = [
    account('acct_top', 'Acme Holding'),
    account('acct_region', 'Acme Europe', { parentId: 'acct_top' }),
    account('acct_site', 'Acme Bearings Köln', { parentId: 'acct_region', domains: [{ domain: 'acme.example' }] }),
  ];
  const landing = (lands: 'site' | 'region' | 'parent', accounts = group) =>
    matchOf({ email: 'bea@acme.example', accounts, matching: { lands } });

  it.each([
    ['site', 'acct_site'],
    ['region', 'acct_region'],
    ['parent', 'acct_top'],
  ] as const)('a lead lands on the %s', (lands, accountId) => {
    expect(landing(lands)).toMatchObject({ accountId, rule: 'domain' });
    expect(landing(lands).found).toBe(accountId === 'acct_site' ? undefined : 'acct_site');
  });

  it('a lead lands on the account below the top where that is the one found', () => {
    const two = [
      group[0]!,
      account('acct_site', 'Acme', { parentId: 'acct_top', domains: [{ domain: 'acme.example' }] }),
    ];
    expect(landing('region', two).accountId).toBe('acct_site');
    expect(landing('parent', two).accountId).toBe('acct_top');
  });

  it('a lead stays where it was found when parents go round in circles or are not known', () => {
    const circle = [account('acct_top', 'Acme Holding', { parentId: 'acct_site' }), ...group.slice(1)];
    expect(landing('parent', circle).accountId).toBe('acct_site');
    expect(landing('parent', [group[2]!]).accountId).toBe('acct_site');
  });

  it('a lead that the CRM or a person puts somewhere stays there', () => {
    const state = { crmAccount: said('crm:1', 'crm') };
    const answer = matchOf({ state, accounts: [], matching: { lands: 'parent' } });
    expect(answer.accountId).toBe(accountIdOfCrm('crm', '1'));
    expect(answer.found).toBeUndefined();
  });
});
