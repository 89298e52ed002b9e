// What stands for an account that the CRM merged or deleted, and what the matcher knows of it then.
import { describe, expect, it } from 'vitest';
import { type AccountFate, fateIn, isLive, standsFor } from '../../lib/domain/account-fate.ts';
import { claimIn } from '../../lib/domain/domain-claims.ts';
import { knownAccountOf } from '../../lib/domain/known-account.ts';

const at = '2026-11-20T09:00:00.000Z';
const said = <Value>(value: Value) => ({ value, at, source: 'crm' });
const into = (mergedInto: string): AccountFate => ({ mergedInto });

describe('for an account stands', () => {
  it.each<[string, Record<string, AccountFate>, string | undefined]>([
    ['itself', {}, 'a'],
    ['the one that took it in', { a: into('b') }, 'b'],
    ['the end of a chain', { a: into('b'), b: into('c'), c: into('d'), d: {} }, 'd'],
    ['of a circle the smallest id', { a: into('c'), c: into('b'), b: into('c') }, 'b'],
    ['of its own circle the smallest id', { a: into('b'), b: into('a') }, 'a'],
    ['nobody, once it is deleted', { a: { deleted: true } }, undefined],
    ['nobody, once its heir is deleted', { a: into('b'), b: { deleted: true } }, undefined],
  ])('%s', (_, fates, expected) => {
    expect(standsFor('a', (id) => fates[id])).toBe(expected);
  });

  it('somebody, however long the chain is', () => {
    expect(standsFor('0', (id) => into(String(Number(id) + 1)))).toBe('19');
  });
});

it('an account merged and deleted, as CRMs do, is merged; one taken back is neither', () => {
  expect(fateIn({ mergedInto: said('b'), deleted: said(true) })).toEqual({ mergedInto: 'b' });
  expect(fateIn({ mergedInto: said(null), deleted: said(true) })).toEqual({ deleted: true });
  expect(fateIn({ mergedInto: said(null), deleted: said(false) })).toEqual({});
  expect([{}, { deleted: said(false) }, { deleted: said(true) }, { mergedInto: said('b') }].map(isLive)).toEqual([
    ...[true, true, false, false],
  ]);
});

describe('the matcher', () => {
  const facts = { name: said('Acme'), domains: said(['acme.example']), namedSince: { 'acme.example': at } };

  it('knows a merged account by its domains, as a part of the one that took it in', () => {
    expect(knownAccountOf('a', facts)).toMatchObject({ name: 'Acme', parentId: undefined });
    expect(knownAccountOf('a', { ...facts, parent: said('p'), mergedInto: said('b') })).toMatchObject({
      ...{ name: '', parentId: 'b' },
      domains: [{ domain: 'acme.example' }],
    });
    expect(claimIn({ ...facts, mergedInto: said('b') }, 'acme.example').held).toBe(true);
  });

  it('knows a deleted account by nothing', () => {
    expect(knownAccountOf('a', { ...facts, deleted: said(true) })).toEqual({ id: 'a', name: '' });
    expect(claimIn({ ...facts, deleted: said(true) }, 'acme.example').held).toBe(false);
  });
});
