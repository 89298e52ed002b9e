import { describe, expect, it } from 'vitest';
import type { CrmChangeCaptured } from '../../events/crm-change-captured.v1.ts';
import { type AccountFacts, hearAccount } from '../../lib/domain/account.ts';
import { hearContract, hearOpportunity } from '../../lib/domain/deals.ts';
import { claimantOf, claimIn } from '../../lib/domain/domain-claims.ts';
import { sitesNamed } from '../../lib/domain/mail-domains.ts';
import { crm } from '../simulation/lines.ts';

type Change<Kind> = Extract<CrmChangeCaptured['change'], { object: Kind }>;
const hearAll = (changes: [at: string, Partial<Change<'account'>>][]): AccountFacts =>
  changes.reduce((facts, [at, given]) => {
    const change: Change<'account'> = { object: 'account', externalId: 'A', ...given };
    return hearAccount(facts, crm('l', at, change), change, sitesNamed(change.domains));
  }, {} as AccountFacts);

const first = '2026-11-01T00:00:00.000Z';
const second = '2026-11-02T00:00:00.000Z';
const third = '2026-11-03T00:00:00.000Z';

describe('an account', () => {
  it('is what the CRM said last of each field, in any order', () => {
    const news: [string, Partial<Change<'account'>>][] = [
      [first, { name: 'Acme', standing: 'partner', domains: ['acme.example'] }],
      [second, { name: 'Acme Ltd', employees: 850 }],
      [third, { standing: null, domains: ['acme.example', 'acme.test'] }],
    ];
    const facts = hearAll(news);

    expect(facts.name?.value).toBe('Acme Ltd');
    expect(facts.employees?.value).toBe(850);
    expect(facts.standing?.value).toBeNull();
    expect(JSON.stringify(hearAll([...news].reverse()))).toBe(JSON.stringify(facts));
  });

  it('remembers since when it has named each domain, whatever else came when', () => {
    const facts = hearAll([
      [third, { domains: [] }],
      [first, { name: 'Acme' }],
      [second, { domains: ['acme.example'] }],
    ]);

    expect(facts.namedSince).toEqual({ 'acme.example': second });
    expect(claimIn(facts, 'acme.example')).toEqual({ since: second, held: false });
  });

  it.each(['', 'nobody', 'a@b@c.example'])('takes the owner %j for none', (ownerEmail) => {
    expect(hearAll([[first, { ownerEmail }]]).ownerEmail).toBeUndefined();
  });
});

it('gives a domain to who named it first and still does; ties to the smaller id', () => {
  expect(claimantOf({})).toBeUndefined();
  expect(claimantOf({ a: { since: second, held: true }, b: { since: first, held: true } })).toBe('b');
  expect(claimantOf({ a: { since: second, held: true }, b: { since: first, held: false } })).toBe('a');
  expect(claimantOf({ b: { since: first, held: true }, a: { since: first, held: true } })).toBe('a');
});

it('knows when an opportunity was first open, although it heard of its end first', () => {
  const base = { object: 'opportunity', externalId: 'o', accountExternalId: 'A' } as const;
  const lost = { ...base, state: 'lost' } as const;
  const open = { ...base, state: 'open', primaryContactEmail: 'Bea@acme.example' } as const;
  const facts = hearOpportunity(hearOpportunity({}, crm('1', third, lost), lost), crm('2', second, open), open);

  expect(facts).toMatchObject({
    state: { value: 'lost', at: third },
    openedAt: second,
    primaryContactEmail: { value: 'bea@acme.example' },
  });
  const earlier = hearOpportunity(facts, crm('3', first, open), open);
  expect(earlier.openedAt).toBe(first);
});

it('takes a contract as last written', () => {
  const base = { object: 'contract', externalId: 'c', accountExternalId: 'A', startsAt: first } as const;
  const ended = { ...base, endsAt: third };
  const facts = hearContract(hearContract({}, crm('1', second, ended), ended), crm('2', first, base), base);

  expect(facts).toMatchObject({ startsAt: { value: first }, endsAt: { value: third } });
});
