// Records that go, come back, are united and forgotten; and the subscriptions that name their kind by its id.
import { describe, expect, test } from 'vitest';
import { event, said, told } from './hubspot-events.ts';

describe('a record', () => {
  test.each([['contact'], ['company'], ['deal']])('of a %s goes and comes back', (kind) => {
    expect(said(`${kind}.deletion`)).toEqual([{ deleted: true }]);
    expect(said(`${kind}.restore`)).toEqual([{ deleted: false }]);
  });

  test('that is to be forgotten is gone, and said to be yet to erase', () => {
    expect(said('contact.privacyDeletion')).toEqual([
      { deleted: true },
      'contact.privacyDeletion: somebody asked to be forgotten: what is kept of them here is yet to be erased',
    ]);
  });

  test.each([
    ['contact', { primaryObjectId: 1, mergedObjectIds: [2, 3], newObjectId: null }, { '2': '1', '3': '1' }],
    ['contact', { primaryObjectId: 1, mergedObjectIds: [2], newObjectId: 1 }, { '2': '1' }],
    ['company', { primaryObjectId: 1, mergedObjectIds: [1, 2, 2], newObjectId: 9 }, { '1': '9', '2': '9' }],
    ['contact', { primaryObjectId: '1', mergedObjectIds: ['2'], newObjectId: -1 }, { '2': '1' }],
  ])('of a %s takes in others: %j', (kind, more, into) => {
    const { lines } = told([event(`${kind}.merge`, more)]);
    const found = lines.map(({ change }) => [
      change.externalId,
      'mergedInto' in change ? change.mergedInto : undefined,
    ]);

    expect(Object.fromEntries(found)).toEqual(into);
    expect(lines).toHaveLength(Object.keys(into).length);
  });

  test('of a deal that went into another is gone', () => {
    const { lines } = told([event('deal.merge', { primaryObjectId: 1, mergedObjectIds: [2], newObjectId: 3 })]);

    expect(lines.map(({ change }) => change)).toEqual([
      { object: 'opportunity', externalId: '1', deleted: true },
      { object: 'opportunity', externalId: '2', deleted: true },
    ]);
  });

  test.each([
    ['contact.merge', { primaryObjectId: 1 }, 'does not say which records'],
    ['contact.merge', { primaryObjectId: 1, mergedObjectIds: [1] }, 'names no record that another took in'],
    ['contact.propertyChange', {}, 'does not say of which property'],
    ['contact.associationChange', {}, 'does not say between which records'],
    ['contact.hatching', {}, 'is no kind of event that says something here'],
    ['contact', {}, 'is no kind of event that says something here'],
    ['contact.constructor', {}, 'is no kind of event that says something here'],
    ['conversation.newMessage', {}, 'is no kind of event that says something here'],
    ['line_item.creation', {}, 'is of neither a contact nor a company nor a deal'],
    ['constructor.creation', {}, 'is of neither a contact nor a company nor a deal'],
  ])('%s %j is unread', (subscriptionType, more, why) => {
    expect(said(subscriptionType, more)).toEqual([`${subscriptionType}: ${why}`]);
  });
});

describe('the newer subscriptions', () => {
  test.each([
    ['0-1', 'person'],
    ['0-2', 'account'],
    ['0-3', 'opportunity'],
  ])('name the kind %s beside the change', (objectTypeId, object) => {
    expect(told([event('object.deletion', { objectTypeId })]).lines[0]!.change).toEqual({
      ...{ object, externalId: '123', deleted: true },
    });
  });

  test('tell properties and merges as the older do', () => {
    const change = { objectTypeId: '0-2', propertyName: 'name', propertyValue: 'Acme' };

    expect(said('object.propertyChange', change)).toEqual([{ name: 'Acme' }]);
    expect(said('object.merge', { objectTypeId: '0-1', primaryObjectId: 1, mergedObjectIds: [2] })).toEqual([
      { mergedInto: '1' },
    ]);
  });

  test('of another kind are unread', () => {
    expect(said('object.creation', { objectTypeId: '0-5' })).toEqual([
      'object.creation 0-5: is of neither a contact nor a company nor a deal',
    ]);
  });
});
