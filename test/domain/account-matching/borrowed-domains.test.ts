// Domains and networks that are not the account's alone: pages anybody can have, parts of a university, a neighbour's network.
import { describe, expect, it } from 'vitest';
import type { LeadCompany } from '../../../lib/domain/account-matching/answer.ts';
import { blocksOf } from '../../../lib/domain/account-matching/blocks.ts';
import type { KnownAccount } from '../../../lib/domain/account-matching/card.ts';
import { matchCompany } from '../../../lib/domain/account-matching/match-company.ts';
import { isOpenSite } from '../../../lib/domain/account-matching/open-sites.ts';
import { policyOf } from '../../../lib/domain/account-matching/policy.ts';
import { claimableDomains, sitesNamed } from '../../../lib/domain/mail-domains.ts';

const account = (id: string, name: string, domain: string): KnownAccount => ({ id, name, domains: [{ domain }] });
const match = (lead: LeadCompany, account: KnownAccount) => matchCompany(lead, blocksOf([account]), policyOf(0.95));

describe('a page where anybody can have one', () => {
  it.each(['zephyr.wordpress.com', 'sites.google.com', 'linkedin.com', 'acme.github.io'])('at %s', (host) => {
    expect(isOpenSite(host)).toBe(true);
  });

  it.each(['google.com', 'acme.example', 'notwordpress.com'])('is not at %s', (host) => {
    expect(isOpenSite(host)).toBe(false);
  });

  it('claims no domain', () => {
    expect(claimableDomains(['acme.example', 'linkedin.com', 'wordpress.com'])).toEqual(['acme.example']);
    expect(sitesNamed(['https://sites.google.com/kite', 'www.kite.example'])).toEqual({
      hosts: ['kite.example', 'sites.google.com'],
      domains: ['kite.example'],
    });
  });

  it.each([
    ['wordpress.com', account('zephyr', 'Zephyr Labs', 'zephyr.wordpress.com')],
    ['google.com', account('kite', 'Kite Bakery', 'sites.google.com')],
    ['linkedin.com', account('kiosk', 'Kiosk GmbH', 'linkedin.com')],
  ])('leads no mail of %s to whoever has one', (mailDomain, known) => {
    expect(match({ mailDomain }, known)).toMatchObject({ rule: 'unmatched', candidates: [] });
  });
});

describe('mail of the whole, where only a part is an account', () => {
  const lilpa = account('lilpa', 'Lilpa Lab', 'lilpa.unistra.example');

  it.each([{ company: 'University of Strasbourg' }, {}])('is for somebody to look at: %j', (stated) => {
    const found = match({ ...stated, mailDomain: 'unistra.example' }, lilpa);
    expect(found).toMatchObject({ rule: 'ambiguous', candidates: [{ accountId: 'lilpa' }] });
    expect(found.accountId).toBeUndefined();
  });

  it('is the part’s where the lead says so', () => {
    const found = match({ company: 'Lilpa', mailDomain: 'unistra.example' }, lilpa);
    expect(found).toMatchObject({ accountId: 'lilpa', rule: 'subsidiary-domain' });
  });

  it('leaves a later rule its answer', () => {
    const university = account('unistra', 'University of Strasbourg', 'strasbourg.example');
    const lead = { company: 'University of Strasbourg', mailDomain: 'unistra.example' };
    const found = matchCompany(lead, blocksOf([lilpa, university]), policyOf(0.95));
    expect(found).toMatchObject({ accountId: 'unistra', rule: 'exact-name' });
  });
});

describe('a network', () => {
  const acme = account('acme', 'Acme Tools', 'acme.example');

  it('does not overrule the company somebody states', () => {
    const found = match({ company: 'Umbrella Retail Holding', networkDomain: 'acme.example' }, acme);
    expect(found.accountId).toBeUndefined();
    expect(found.tried.at(-1)).toEqual({
      rule: 'network',
      why: 'The visit is from the network of "Acme Tools", but the company stated is another.',
    });
  });

  it.each([{}, { company: 'Acme' }, { company: '--' }])('answers where nothing contradicts: %j', (stated) => {
    expect(match({ ...stated, networkDomain: 'acme.example' }, acme)).toMatchObject({ accountId: 'acme' });
  });
});
