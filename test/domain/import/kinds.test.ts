// Whom a row of a list says a record is of in the CRM: by their address, by their id there, or not at all.
import { describe, expect, it } from 'vitest';
import { noMap, planOf } from '../../../lib/domain/import/column-map.ts';
import { type ListName, listKinds } from '../../../lib/domain/import/kinds.ts';
import { readRow } from '../../../lib/domain/import/read-row.ts';

const context = { asOf: '2026-11-21T09:00:00.000Z', now: Date.parse('2026-11-22T09:00:00.000Z') };

const read = (list: ListName, header: readonly string[], row: readonly string[]) => {
  const planned = planOf(listKinds[list], header, noMap);
  if (!('plan' in planned)) throw new Error(planned.problem);
  expect(planned.plan.unread).toEqual([]);
  return readRow(listKinds[list], planned.plan, row, context);
};

it.each([
  ['yes', { unsubscribed: true }],
  ['No', { unsubscribed: false }],
  ['', {}],
])('a lead who is unsubscribed by the list: %j', (typed, expected) => {
  expect(read('leads', ['id', 'Unsubscribed'], ['9', typed])).toEqual({
    item: { object: 'person', externalId: '9', occurredAt: context.asOf, ...expected },
  });
});

describe.each([
  ['accounts', 'account'],
  ['leads', 'person'],
  ['opportunities', 'opportunity'],
] as const)('a row of %s', (list, object) => {
  const of = (ownerEmail: string, ownerId: string) =>
    read(list, ['id', 'Owner Email', 'owner_id'], ['9', ownerEmail, ownerId]);
  const record = { object, externalId: '9', occurredAt: context.asOf };

  it.each([
    ['ada@seller.example', '', { ownerEmail: 'ada@seller.example' }],
    ['', '17', { ownerExternalId: '17' }],
    ['ada@seller.example', '17', { ownerEmail: 'ada@seller.example', ownerExternalId: '17' }],
    ['', '', {}],
  ])('with the owner %j, %j', (ownerEmail, ownerId, owner) => {
    expect(of(ownerEmail, ownerId)).toEqual({ item: { ...record, ...owner } });
  });

  it('with an owner who is no address is refused', () => {
    expect(of('Ada', '')).toEqual({ refused: 'ownerEmail is not an e-mail address' });
  });
});
