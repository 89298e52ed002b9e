// What counts of a person whose records the CRM merged.
import { describe, expect, it } from 'vitest';
import {
  type HeldState,
  heldAs,
  personHeld,
  personState,
  stateTogether,
  wholeState,
} from '../../lib/domain/held-states.ts';
import { emptyState, type IdentityState } from '../../lib/domain/lead.ts';
import type { RecordFate } from '../../lib/domain/record-fate.ts';

const at = (hour: number): string => new Date(Date.UTC(2026, 10, 20, hour)).toISOString();
const said = <Value>(value: Value, hour: number) => ({ value, at: at(hour), source: 'crm' });
const into: RecordFate = { mergedInto: said('crm_p1', 10) };
const saying = (given: Partial<IdentityState>): IdentityState => ({ ...emptyState, ...given });

const kept = saying({
  stage: said('disqualified', 1),
  ownerId: said(null, 1),
  crmAccount: said('crm:A', 1),
  profile: { jobTitle: said('CEO', 1) },
});
const given = saying({
  stage: said('open', 2),
  crmStage: said('New', 3),
  ownerEmail: said('ada@seller.example', 2),
  ownerId: said('7', 2),
  crmAccount: said('crm:B', 2),
  profile: { jobTitle: said('CTO', 2) },
  consent: said(true, 2),
});

const inEveryOrder = (held: readonly HeldState[]) => [held, [...held].reverse()].map(stateTogether);

describe('what a record says that the CRM merged into another', () => {
  it('of its stage, owner and account counts less than what the other says; of the person it counts by its time', () => {
    for (const state of inEveryOrder([heldAs(kept), heldAs(given, into)])) {
      expect(state).toMatchObject({
        stage: kept.stage,
        ownerId: kept.ownerId,
        crmAccount: kept.crmAccount,
        profile: { jobTitle: { value: 'CTO' } },
        consent: { value: true },
      });
      expect([state.crmStage, state.ownerEmail]).toEqual([undefined, undefined]);
    }
  });

  it('counts where nothing else says anything', () => {
    for (const state of inEveryOrder([heldAs(saying({ ownerId: said('3', 1) })), heldAs(given, into)])) {
      expect(state).toMatchObject({
        stage: given.stage,
        crmStage: given.crmStage,
        ownerId: { value: '3' },
        crmAccount: given.crmAccount,
      });
      expect(state.ownerEmail).toBeUndefined();
    }
  });

  it('counts by its time among several such', () => {
    const earlier = saying({ stage: said('working', 1), ownerId: said('9', 1) });
    for (const state of inEveryOrder([heldAs(earlier, into), heldAs(given, into)])) {
      expect(state).toMatchObject({ stage: given.stage, ownerId: given.ownerId });
    }
  });

  it('counts as any other’s once the CRM takes the merge back', () => {
    const back: RecordFate = { mergedInto: said(null, 11) };
    expect(heldAs(given, back)).toEqual({ state: given });
    expect(stateTogether([heldAs(kept), heldAs(given, back)])).toMatchObject({ stage: given.stage });
  });

  it('counts less too where it is of somebody else who is one with them', () => {
    const other = personHeld(emptyState, [heldAs(given, into)])!;
    const parts = { crm_p1: heldAs(kept), lead_other: other };

    expect(wholeState(other)).toMatchObject({ stage: given.stage, ownerId: given.ownerId });
    expect(personState({ own: emptyState, parts }).state).toMatchObject({ stage: kept.stage, ownerId: kept.ownerId });
    expect(personHeld(emptyState, Object.values(parts))).toMatchObject({ state: { stage: kept.stage } });
  });
});
