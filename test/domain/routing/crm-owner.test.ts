import { describe, expect, it } from 'vitest';
import type { ChangeOf } from '../../../lib/domain/crm-change.ts';
import { hearOpportunity, type OpportunityFacts } from '../../../lib/domain/deals.ts';
import { crmOwnerOf, newestOpen } from '../../../lib/domain/routing/crm-owner.ts';
import { testPlaybook } from '../playbooks.ts';

const people = [
  { name: 'Ada Rep', email: 'ada@seller.example', crm: { hubspot: '17' } },
  { name: 'Zoe Rep', email: 'zoe@seller.example' },
];
const playbook = testPlaybook({
  people,
  routing: { pools: { inbound: { members: [{ email: 'ada@seller.example' }] } }, defaultPool: 'inbound' },
});
const said = <Value>(value: Value, day: number, source = 'hubspot') => ({
  value,
  at: `2026-11-0${day}T08:00:00.000Z`,
  source,
});

describe('the owner in the CRM', () => {
  it('is the address it names', () => {
    expect(crmOwnerOf({ ownerEmail: said('zoe@seller.example', 1) }, playbook)).toEqual({
      email: 'zoe@seller.example',
    });
  });

  it('is nobody who could be told of a lead by an address that nobody in the playbook has', () => {
    expect(crmOwnerOf({ ownerEmail: said('gone@seller.example', 1) }, playbook)).toEqual({
      unknownId: 'gone@seller.example',
    });
  });

  it('is whoever in the playbook has the id it names', () => {
    expect(crmOwnerOf({ ownerId: said('17', 1) }, playbook)).toEqual({ email: 'ada@seller.example' });
  });

  it('is nobody we know by an id of another connection’s', () => {
    expect(crmOwnerOf({ ownerId: said('17', 1, 'salesforce') }, playbook)).toEqual({ unknownId: '17' });
    expect(crmOwnerOf({ ownerId: said('constructor', 1, 'constructor') }, playbook)).toEqual({
      unknownId: 'constructor',
    });
  });

  it('is whichever was said last, the address where both were at once', () => {
    const zoe = 'zoe@seller.example';
    expect(crmOwnerOf({ ownerEmail: said(zoe, 1), ownerId: said('17', 2) }, playbook)).toEqual({
      email: 'ada@seller.example',
    });
    expect(crmOwnerOf({ ownerEmail: said(zoe, 2), ownerId: said('17', 1) }, playbook)).toEqual({ email: zoe });
    expect(crmOwnerOf({ ownerEmail: said(zoe, 1), ownerId: said('17', 1) }, playbook)).toEqual({ email: zoe });
  });

  it('is nobody once the CRM has taken it back, and where nothing was said', () => {
    expect(crmOwnerOf({ ownerEmail: said('zoe@seller.example', 1), ownerId: said(null, 2) }, playbook)).toEqual({});
    expect(crmOwnerOf({ ownerEmail: said('', 1) }, playbook)).toEqual({});
    expect(crmOwnerOf({}, playbook)).toEqual({});
  });
});

describe('the newest open opportunity', () => {
  const stages = testPlaybook({ crm: { hubspot: { stages: { opportunity: { '135': 'open', '136': 'won' } } } } });
  const heard = (
    externalId: string,
    ...said: [day: number, Omit<ChangeOf<'opportunity'>, 'object' | 'externalId'>][]
  ) =>
    said.reduce<OpportunityFacts>((facts, [day, what]) => {
      const change = { object: 'opportunity', externalId, ...what } as const;
      const at = `2026-11-0${day}T08:00:00.000Z`;
      const line = { type: 'crm-change-captured.v1', id: `${externalId}.${day}`, source: 'hubspot' } as const;
      return hearOpportunity(facts, { ...line, occurredAt: at, receivedAt: at, change }, change);
    }, {});

  const plain = heard('1', [1, { state: 'open', ownerExternalId: '17' }]);

  it('is the one opened last, be it by a stage that only the playbook knows, or that nobody does', () => {
    for (const crmStage of ['135', '999']) {
      const staged = heard('2', [2, { crmStage, ownerExternalId: '18' }]);
      expect(newestOpen([plain, staged], stages)).toBe(staged);
      expect(newestOpen([staged, plain], stages)).toBe(staged);
    }
  });

  it('is none that has come to a stage the playbook takes for the end, nor one deleted', () => {
    const won = heard('2', [2, { state: 'open', crmStage: 'contractsent' }], [3, { crmStage: '136' }]);
    const gone = heard('3', [4, { state: 'open' }], [5, { deleted: true }]);
    expect(newestOpen([won, gone, plain], stages)).toBe(plain);
    expect(newestOpen([won, gone], stages)).toBeUndefined();
  });
});
