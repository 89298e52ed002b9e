import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { at, event, now, read, told } from './hubspot-events.ts';

const real: Record<string, unknown>[] = JSON.parse(readFileSync('test/fixtures/webhooks/hubspot-events.json', 'utf8'));

describe('events as HubSpot sends them', () => {
  it('a property that says nothing here, and whose value HubSpot hides', () => {
    expect(told([real[0]], { portalId: 891472211 })).toEqual({
      lines: [],
      unread: ['contact.propertyChange passport_number: is sensitive: HubSpot keeps the value to itself'],
    });
  });

  it('a contact that was made', () => {
    expect(told([real[1]])).toEqual({
      lines: [
        {
          type: 'crm-change-captured.v1',
          id: 'hubspot:1.12345.1564113600000.creation.123',
          source: 'hubspot',
          occurredAt: '2019-07-26T04:00:00.000Z',
          receivedAt: '2026-11-22T09:30:00.000Z',
          change: { object: 'person', externalId: '123' },
        },
      ],
      unread: [],
    });
  });

  it('a name, tried and in earnest', () => {
    expect(told([real[2]], { portalId: 7549024 }).lines[0]!.change).toEqual({
      ...{ object: 'person', externalId: '123', profile: { firstName: 'sample-value' } },
    });
    expect(told([real[3]], { portalId: 50687303 }).lines).toMatchObject([
      {
        id: 'hubspot:714285774.4849549.1765043528476.propertyChange.173595202426.firstname',
        occurredAt: '2025-12-06T17:52:08.476Z',
        change: { object: 'person', externalId: '173595202426', profile: { firstName: 'Briane' } },
      },
    ]);
  });
});

describe('a delivery', () => {
  test('of another account is refused in plain words', () => {
    expect(read([event('contact.creation', { portalId: 1 })])).toEqual({
      refused: [{ field: '[0].portalId', detail: 'is not the account of this connection' }],
      detail: 'These events are of another HubSpot account than the one this connection is for',
    });
  });

  test('of several accounts is read as far as it is of this one', () => {
    const { lines, unread } = told([
      event('contact.creation', { portalId: 1, objectId: 9 }),
      event('contact.creation'),
    ]);

    expect(lines.map(({ change }) => change.externalId)).toEqual(['123']);
    expect(unread).toEqual(['portalId: is not the account of this connection']);
  });

  test('of a hundred events is read, of more is not', () => {
    const many = (count: number) => Array.from({ length: count }, (_, n) => event('contact.creation', { objectId: n }));

    expect(told(many(100)).lines).toHaveLength(100);
    expect(read(many(101))).toEqual({ tooMany: 101 });
  });

  test.each([
    [{}],
    [[]],
    ['x'],
    [null],
    [[null]],
    [[{ portalId: 62515 }]],
  ])('that is %j names what is wrong', (document) => {
    const reading = read(document);

    expect('problems' in reading && reading.problems.length).toBeGreaterThan(0);
  });

  test('with one event that cannot be read is read without it', () => {
    const { lines, unread } = told([event('contact.creation', { objectId: undefined }), event('company.creation')]);

    expect(lines.map(({ change }) => change.object)).toEqual(['account']);
    expect(unread).toEqual(['contact.creation: does not say of which record']);
  });

  test('again makes the same lines, whichever attempt it is', () => {
    const first = told([event('contact.creation'), event('contact.deletion')]).lines;
    const again = told([event('contact.deletion', { attemptNumber: 3 }), event('contact.creation')]).lines;

    expect(again).toEqual([...first].reverse());
  });

  test('tells apart events that share their ids', () => {
    const events = [
      event('contact.creation'),
      event('contact.creation', { eventId: 2 }),
      event('contact.creation', { subscriptionId: 2 }),
      event('contact.creation', { objectId: 2 }),
      event('contact.creation', { occurredAt: at + 1 }),
      event('contact.deletion'),
      event('contact.propertyChange', { propertyName: 'firstname', propertyValue: 'A' }),
      event('contact.propertyChange', { propertyName: 'lastname', propertyValue: 'A' }),
      event('contact.merge', { primaryObjectId: 1, mergedObjectIds: [2, 3] }),
      event('contact.associationChange', { associationType: 'CONTACT_TO_DEAL', fromObjectId: 1, toObjectId: 2 }),
      event('contact.associationChange', { associationType: 'CONTACT_TO_DEAL', fromObjectId: 1, toObjectId: 3 }),
    ];

    expect(new Set(told(events).lines.map(({ id }) => id)).size).toBe(12);
  });

  test('cannot claim the future, where it would stay the latest', () => {
    expect(told([event('contact.creation', { occurredAt: now + 1e9 })]).lines[0]!.occurredAt).toBe(
      '2026-11-22T09:30:00.000Z',
    );
  });

  test('gives a reason once, and repeats no name that could be anything', () => {
    const odd = event('contact.propertyChange', { propertyName: 'jo@acme.example\n', propertyValue: 'x' });

    expect(told([event('ticket.creation'), event('ticket.creation', { eventId: 2 }), odd]).unread).toEqual([
      'ticket.creation: is of neither a contact nor a company nor a deal',
      'a name that is none of HubSpot’s: says nothing here',
    ]);
  });
});
