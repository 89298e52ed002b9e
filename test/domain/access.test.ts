// Who may do what: the table, told by what it lets each do, and whose things a rep reaches.
import { describe, expect, it } from 'vitest';
import {
  accessPolicy,
  type Caller,
  type Group,
  groups,
  permissionsOf,
  scopeOf,
  type tokenKinds,
  tokenName,
  tokensFor,
} from '../../lib/domain/access.ts';
import { hasLead, ownersWithin, seesAccount } from '../../lib/domain/own-accounts.ts';
import { testPlaybook } from './playbooks.ts';

const own = accessPolicy.parse({});
const user = (...theirs: Group[]): Caller => ({
  who: 'ada@seller.example',
  via: 'user',
  email: 'ada@seller.example',
  groups: theirs,
});
const service = (kind: (typeof tokenKinds)[number]): Caller => ({ who: tokenName(kind), via: 'token', groups: [] });

describe('a group', () => {
  it.each<[Group, string]>([
    ['rep', 'read act'],
    ['manager', 'read oversee act decide'],
    ['ops', 'read oversee act decide import operate audit'],
    ['admin', 'read oversee act decide import operate erase export audit'],
  ])('%s may %s, and nothing else', (group, allowed) => {
    expect(permissionsOf(user(group), own).join(' ')).toBe(allowed);
  });

  it('is needed: who is in none may nothing', () => {
    expect(permissionsOf(user(), own)).toEqual([]);
  });

  it('of several the widest holds', () => {
    expect(scopeOf(user('rep', 'manager'), 'read', own)).toBe('all');
    expect(scopeOf(user('rep', 'manager'), 'operate', own)).toBeUndefined();
  });

  it('rep alone reaches but what is theirs, and acts on that alone whatever they see', () => {
    const theirs = { own: 'ada@seller.example', team: false };
    expect(scopeOf(user('rep'), 'read', own)).toEqual(theirs);
    expect(scopeOf(user('rep'), 'read', { ...own, reps: 'team' })).toEqual({ ...theirs, team: true });
    expect(scopeOf(user('rep'), 'read', { ...own, reps: 'all' })).toBe('all');
    expect(scopeOf(user('rep'), 'oversee', { ...own, reps: 'all' })).toBe('all');
    for (const reps of ['own', 'team', 'all'] as const)
      expect(scopeOf(user('rep'), 'act', { ...own, reps })).toEqual(theirs);
  });

  it('reaches all, when it is none of reps', () => {
    for (const group of groups.filter((one) => one !== 'rep')) expect(scopeOf(user(group), 'read', own)).toBe('all');
  });
});

describe('a service’s token', () => {
  it.each([
    ['read', 'read oversee'],
    ['decision', 'act decide import'],
    ['operator', 'operate erase export audit'],
  ] as const)('%s may %s, and nothing else', (kind, allowed) => {
    expect(permissionsOf(service(kind), own).join(' ')).toBe(allowed);
  });

  it('there is one for everything', () => {
    for (const permission of permissionsOf(user('admin'), own)) expect(tokensFor(permission)).toHaveLength(1);
  });

  it('is nothing a person can be called', () => {
    expect(permissionsOf({ ...user(), who: tokenName('operator') }, own)).toEqual([]);
  });
});

describe('what is somebody’s', () => {
  const [ada, ben] = ['ada@seller.example', 'ben@seller.example'];
  const playbook = { ...testPlaybook(), teams: { north: { members: [ada, ben] } } };
  const owned = {
    facts: {},
    rep: ben,
    leads: [
      { leadId: 'lead_1', owner: ada },
      { leadId: 'lead_2', owner: undefined },
    ],
  };
  const mine = ownersWithin({ own: 'Ada@Seller.example', team: false }, playbook);

  it('is seen whole where they have the account or a lead in it', () => {
    expect(mine).toEqual([ada]);
    expect(seesAccount(owned, mine, playbook)).toBe(true);
    expect(seesAccount({ ...owned, leads: [] }, mine, playbook)).toBe(false);
    expect(seesAccount({ ...owned, leads: [], rep: ada }, mine, playbook)).toBe(true);
    const at = '2026-11-20T00:00:00.000Z';
    const facts = { ownerEmail: { value: ada, at, source: 'crm' } };
    expect(seesAccount({ facts, rep: undefined, leads: [] }, mine, playbook)).toBe(true);
  });

  it('is a lead where they have it, or where nobody has it and they have the account', () => {
    expect(hasLead(owned, 'lead_1', mine, playbook)).toBe(true);
    expect(hasLead(owned, 'lead_2', mine, playbook)).toBe(false);
    expect(hasLead(owned, 'lead_2', [ben], playbook)).toBe(true);
    expect(hasLead({ ...owned, rep: ada, leads: [{ leadId: 'lead_1', owner: ben }] }, 'lead_1', mine, playbook)).toBe(
      false,
    );
  });

  it('is also their team’s, where that is allowed', () => {
    expect(ownersWithin({ own: ada, team: true }, playbook)).toEqual([ada, ben]);
    expect(ownersWithin({ own: 'carl@seller.example', team: true }, playbook)).toEqual(['carl@seller.example']);
  });
});
