// A lead of the CRM that it converts to a contact, on the embedded adapters: the same lead, with the fields and campaign responses it had.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import { crm } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';
import { at } from './matching-lines.ts';
import { deliverTo, orders } from './merge-lines.ts';
import { answersFor, asksWith, call, leadsIn, record, recordId, stateOfLead } from './record-lines.ts';

const bea = 'bea@acme.example';
let world: World;
beforeEach(async () => {
  world = await openWorld(at('12:00'));
});
afterEach(() => world.close());

describe.each(orders)('a lead that the CRM converts to a contact, %s', (_, batches) => {
  const deliver = (...lines: Captured[]) => deliverTo(world, batches(lines));
  const lead = record('08:00', '00Q1', {
    ...{ email: bea, stage: 'open', ownerEmail: 'ada@seller.example' },
    profile: { jobTitle: 'Head of IT', industry: 'Bearings' },
  });
  const account = crm('acme', at('07:00'), { object: 'account', externalId: '001', name: 'Acme', domains: [] });

  it('is the same lead, with the fields and campaign responses it had, in the contact’s account', async () => {
    await deliver(
      ...[account, lead, asksWith('09:00', bea), call('09:10', '00Q1')],
      record('10:00', '003', { email: bea, accountExternalId: '001', profile: { phone: '+49 30 1234567' } }),
      record('10:01', '00Q1', { mergedInto: '003' }),
      call('10:30', '003'),
    );

    expect(leadsIn(world)).toEqual([[bea, 1, 2]]);
    expect(stateOfLead(world, bea)).toMatchObject({
      profile: {
        jobTitle: { value: 'Head of IT' },
        industry: { value: 'Bearings' },
        phone: { value: '+49 30 1234567' },
      },
      stage: { value: 'open' },
      crmAccount: { value: 'crm:001' },
      activities: [{ id: 'crm:call-09:10' }, { id: 'crm:call-10:30' }],
    });
    expect(await answersFor(world, recordId('00Q1'), recordId('003'))).toEqual([bea, bea]);
  });

  it.each([
    ['the contact', { email: bea }, {}],
    ['the lead', {}, { email: bea }],
  ])('is whoever it is by the address of %s alone', async (_, contact, before) => {
    await deliver(
      ...[account, record('08:00', '00Q1', { ...before, profile: { jobTitle: 'Head of IT' } }), call('09:10', '00Q1')],
      ...[asksWith('09:00', bea), record('10:00', '003', { ...contact, accountExternalId: '001' })],
      record('10:01', '00Q1', { mergedInto: '003' }),
    );

    expect(leadsIn(world)).toEqual([[bea, 1, 2]]);
    expect(stateOfLead(world, bea)).toMatchObject({
      profile: { jobTitle: { value: 'Head of IT' } },
      crmAccount: { value: 'crm:001' },
      activities: [{ id: 'crm:call-09:10' }],
    });
  });

  it('is nobody without an address on either side, and somebody once one is told', async () => {
    await deliver(
      record('08:00', '00Q1', { profile: { jobTitle: 'Head of IT' } }),
      record('10:00', '003', { profile: { phone: '+49 30 1234567' } }),
      record('10:01', '00Q1', { mergedInto: '003' }),
    );
    expect(leadsIn(world)).toEqual([]);

    await world.deliver([record('11:00', '003', { email: bea })]);
    expect(leadsIn(world)).toEqual([[bea, 0, 2]]);
    expect(stateOfLead(world, bea)?.profile).toMatchObject({ jobTitle: { value: 'Head of IT' } });
  });
});
