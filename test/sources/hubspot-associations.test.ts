// Who belongs to whom, whichever end HubSpot tells it from, by the older subscriptions and the newer.
import { describe, expect, test } from 'vitest';
import { event, said, told } from './hubspot-events.ts';

const ofCompany = (id: string | null) => ({ accountExternalId: id });

describe('an association of the older subscriptions', () => {
  const associated = (associationType: string, more: object = {}) => {
    const { lines, unread } = told([
      event('x.associationChange', { objectId: undefined, associationType, fromObjectId: 1, toObjectId: 2, ...more }),
    ]);
    return [...lines.map(({ change }) => change), ...unread];
  };

  test.each<[string, object, object]>([
    ['CONTACT_TO_COMPANY', { isPrimaryAssociation: true }, { object: 'person', externalId: '1', ...ofCompany('2') }],
    ['COMPANY_TO_CONTACT', { isPrimaryAssociation: true }, { object: 'person', externalId: '2', ...ofCompany('1') }],
    ['CONTACT_TO_COMPANY', {}, { object: 'person', externalId: '1', ...ofCompany('2') }],
    ['CONTACT_TO_COMPANY', { associationRemoved: true }, { object: 'person', externalId: '1', ...ofCompany(null) }],
    ['DEAL_TO_COMPANY', { isPrimaryAssociation: true }, { object: 'opportunity', externalId: '1', ...ofCompany('2') }],
    ['COMPANY_TO_DEAL', { associationRemoved: true }, { object: 'opportunity', externalId: '2', ...ofCompany(null) }],
  ])('%s %j', (type, more, change) => {
    expect(associated(type, more)).toEqual([change]);
  });

  test.each<[string, object, string, string, string]>([
    ['DEAL_TO_CONTACT', { isPrimaryAssociation: false }, '1', '2', 'other'],
    ['CONTACT_TO_DEAL', {}, '2', '1', 'other'],
    ['DEAL_TO_CONTACT', { isPrimaryAssociation: true }, '1', '2', 'primary'],
    ['CONTACT_TO_DEAL', { associationRemoved: true, isPrimaryAssociation: true }, '2', '1', 'none'],
  ])('%s %j', (type, more, deal, contact, is) => {
    expect(associated(type, more)).toEqual([
      { object: 'opportunity', externalId: deal, contacts: [{ externalId: contact, is }] },
    ]);
  });

  test.each([
    ['PARENT_COMPANY_TO_CHILD_COMPANY', {}, '2', '1'],
    ['CHILD_COMPANY_TO_PARENT_COMPANY', {}, '1', '2'],
    ['CHILD_TO_PARENT_COMPANY', { associationRemoved: true }, '1', null],
  ])('%s %j', (type, more, child, parent) => {
    expect(associated(type, more)).toEqual([{ object: 'account', externalId: child, parentExternalId: parent }]);
  });

  test.each([
    ['CONTACT_TO_COMPANY', { isPrimaryAssociation: false }, 'is with another company than the primary one'],
    ['COMPANY_TO_COMPANY', {}, 'does not say which is the parent; hs_parent_company_id does'],
    ['CONTACT_TO_CONTACT', {}, 'is between two records of a kind, which means nothing here'],
    ['CONTACT_TO_TICKET', {}, 'is between others than contacts, companies and deals'],
    ['constructor', {}, 'is between others than contacts, companies and deals'],
  ])('%s %j is unread', (type, more, why) => {
    expect(associated(type, more)).toEqual([`x.associationChange ${type}: ${why}`]);
  });
});

describe('an association of the newer subscriptions', () => {
  const associated = (from: string, to: string, associationTypeId: unknown, more: object = {}) =>
    said('object.associationChange', {
      ...{ fromObjectTypeId: from, toObjectTypeId: to, fromObjectId: 1, toObjectId: 2, associationTypeId },
      ...{ associationCategory: 'HUBSPOT_DEFINED', ...more },
    });

  test.each([
    ['0-1', '0-2', 1, ofCompany('2')],
    ['0-2', '0-1', '2', ofCompany('1')],
    ['0-3', '0-2', 5, ofCompany('2')],
    ['0-2', '0-3', 6, ofCompany('1')],
    ['0-3', '0-1', 3, { contacts: [{ externalId: '2', is: 'other' }] }],
    ['0-2', '0-2', 13, { parentExternalId: '1' }],
    ['0-2', '0-2', 14, { parentExternalId: '2' }],
  ])('%s to %s of type %s', (from, to, type, change) => {
    expect(associated(from, to, type)).toEqual([change]);
  });

  test.each<[string, string, unknown, object, string]>([
    ['0-1', '0-2', 279, {}, 'is with another company than the primary one'],
    ['0-2', '0-2', 450, {}, 'does not say which is the parent; hs_parent_company_id does'],
    ['0-1', '0-5', 15, {}, 'is between others than contacts, companies and deals'],
    [
      ...(['0-1', '0-2', 36] as const),
      { associationCategory: 'USER_DEFINED', associationRemoved: true, isPrimaryAssociation: true },
      'is a label of the account’s own: who belongs to whom does not change with it',
    ],
  ])('%s to %s of type %s %j is unread', (from, to, type, more, why) => {
    expect(associated(from, to, type, more)).toEqual([`object.associationChange: ${why}`]);
  });
});

test('of a company changed for another in one moment, the new one holds in whichever order', () => {
  const change = (toObjectId: number, associationRemoved: boolean) =>
    event('contact.associationChange', {
      associationType: 'CONTACT_TO_COMPANY',
      fromObjectId: 1,
      toObjectId,
      associationRemoved,
    });
  const latest = told([change(3, false), change(2, true)])
    .lines.toSorted((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1))
    .at(-1);

  expect(latest!.change).toMatchObject(ofCompany('3'));
  expect(latest!.occurredAt).toBe('2026-11-22T09:00:00.000Z');
});
