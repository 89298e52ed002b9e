import { describe, expect, it } from 'vitest';
import { crmOwnerOf } from '../../../lib/domain/routing/crm-owner.ts';
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
