import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buyingGroupOf, missingPersonas } from '../../../lib/domain/scoring/buying-group.ts';
import { testPlaybook } from '../playbooks.ts';
import { type Given, member } from './members.ts';

const playbook = testPlaybook({
  personas: {
    decider: { label: 'Decides', seniority: 'c-level' },
    user: { label: 'Uses it', function: 'it' },
    payer: { label: 'Pays', function: 'finance' },
  },
  account: { buyingGroup: ['payer', 'decider'] },
});
const groupOf = (...given: Given[]) => buyingGroupOf(given.map(member), playbook);

describe('a buying group', () => {
  it('is empty where the playbook names none', () => {
    expect(buyingGroupOf([member({ leadId: 'a', personas: ['decider'] })], testPlaybook())).toEqual([]);
  });

  it('has the personas in the order of the playbook, and no others', () => {
    const ann = { leadId: 'a', name: 'Ann', score: 5, personas: ['decider', 'user'] };
    expect(groupOf(ann, { leadId: 'untitled', score: 9 })).toEqual([
      { persona: 'payer', label: 'Pays', covered: false, people: [] },
      {
        persona: 'decider',
        label: 'Decides',
        covered: true,
        people: [{ leadId: 'a', name: 'Ann', engaged: true }],
      },
    ]);
  });

  it('is covered by who is engaged, which takes points', () => {
    const [payer, decider] = groupOf(
      { leadId: 'a', score: 0, personas: ['payer'] },
      { leadId: 'b', score: -3, personas: ['payer'] },
      { leadId: 'c', score: 1, personas: ['decider'] },
    );
    expect(payer).toMatchObject({ covered: false, people: [{ engaged: false }, { engaged: false }] });
    expect(decider).toMatchObject({ covered: true, people: [{ engaged: true }] });
    expect(missingPersonas([payer!, decider!])).toEqual([payer]);
  });

  it('may have one person in several parts', () => {
    expect(groupOf({ leadId: 'a', score: 1, personas: ['payer', 'decider'] }).every(({ covered }) => covered)).toBe(
      true,
    );
  });

  it('names ten of each, the engaged first, the higher score before the lower, then by id', () => {
    const given = Array.from({ length: 12 }, (_, index) => ({
      leadId: String.fromCharCode(108 - index),
      score: index % 3,
      personas: ['payer'],
    }));
    const payers = groupOf(...given)[0]!.people;
    expect(payers.map(({ leadId }) => leadId).join('')).toBe('adgjbehkcf');
    expect(payers.filter(({ engaged }) => engaged)).toHaveLength(8);
  });

  it('calls a persona the playbook does not describe by its id', () => {
    const loose = { ...playbook, account: { ...playbook.account, buyingGroup: ['legal'] } };
    expect(buyingGroupOf([], loose)).toEqual([{ persona: 'legal', label: 'legal', covered: false, people: [] }]);
  });

  it('is the same whatever the order of members', () => {
    const given = fc.uniqueArray(
      fc.record({
        leadId: fc.constantFrom(...'abcdefghijklmnop'),
        score: fc.integer({ min: -1, max: 2 }),
        personas: fc.subarray(['payer', 'decider', 'user']),
      }),
      { selector: ({ leadId }) => leadId },
    );
    fc.assert(
      fc.property(
        given.chain((people) =>
          fc.tuple(fc.constant(people), fc.shuffledSubarray(people, { minLength: people.length })),
        ),
        ([people, shuffled]) => {
          expect(groupOf(...shuffled)).toEqual(groupOf(...people));
        },
      ),
      { seed: 20_261_122, numRuns: 200 },
    );
  });
});
