// Large items are packed on their way into the table and come out as they went in.
import { describe, expect, it } from 'vitest';
import type { IdentityState } from '../../lib/domain/lead.ts';
import { emptyState } from '../../lib/domain/lead.ts';
import type { Item } from '../../lib/ports.ts';
import { allOf, as, membersOf, type NewItem, replacing } from '../../lib/table/items.ts';
import { leadKey, memberKey } from '../../lib/table/keys.ts';
import { packed, unpacked } from '../../lib/table/packing.ts';

const stateOf = (days: number): IdentityState => ({
  ...emptyState,
  facts: { days: { '*': Array.from({ length: days }, (_, day) => [20_000 + day, 3, 100 * day, 90_000 * day]) } },
});
const leadOf = (days: number): NewItem<'lead'> => ({
  ...leadKey('lead_1'),
  type: 'lead',
  leadId: 'lead_1',
  kind: 'email',
  email: 'bea@acme.example',
  own: stateOf(days),
  links: {},
  parts: { visitor_1: { version: 2, state: stateOf(1) } },
  movedFrom: { solo_1: 4 },
});
const written = (lead: NewItem<'lead'>): Item => {
  const write = replacing(undefined, lead, []);
  if (!('put' in write)) throw new Error('is no put');
  // As the table has it.
  return JSON.parse(JSON.stringify(write.put)) as Item;
};

describe('a lead', () => {
  it('of a few days stands there readable', () => {
    expect(written(leadOf(3))).toEqual({ ...leadOf(3), version: 1 });
  });

  it('of many days is half its size, with what the table looks at in sight', () => {
    const item = written(leadOf(400));

    expect(JSON.stringify(item).length).toBeLessThan(JSON.stringify(leadOf(400)).length / 2);
    expect(Object.keys(item).sort()).toEqual(
      ['email', 'kind', 'leadId', 'movedFrom', 'packed', 'pk', 'sk', 'type', 'version'].sort(),
    );
    expect(as('lead', item)).toEqual({ ...leadOf(400), version: 1 });
    expect(allOf('lead', [item])).toEqual([{ ...leadOf(400), version: 1 }]);
  });

  it('is packed again when it is written again, and plain again when it has become small', () => {
    const stored = as('lead', written(leadOf(400)));
    const again = written({ ...stored!, kind: 'email' });

    expect(as('lead', again)).toMatchObject({ own: stateOf(400), version: 1 });
    expect(written({ ...stored!, own: emptyState })).not.toHaveProperty('packed');
  });
});

it('a member is packed too, and read by everybody who asks for members', () => {
  const member = {
    ...memberKey('acct_1', 'lead_1'),
    type: 'member',
    version: 7,
    accountId: 'acct_1',
    leadId: 'lead_1',
    leadVersion: 7,
    outbox: '[]',
    state: stateOf(400),
  };
  const item = packed(member);

  expect(item).toMatchObject({ leadVersion: 7, version: 7, outbox: '[]', packed: expect.any(String) });
  expect(item).not.toHaveProperty('state');
  expect(membersOf([item])).toEqual([member]);
});

it('items of other kinds are left as they are', () => {
  const trail = { pk: 'a', sk: 'b', type: 'trail', version: 1, packed: 'x'.repeat(2_000) };

  expect(packed(trail)).toBe(trail);
  expect(unpacked(trail)).toBe(trail);
});
