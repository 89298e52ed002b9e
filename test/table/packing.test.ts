// Large items are packed on their way into the table and come out as they went in.
import { describe, expect, it } from 'vitest';
import { maxItemBytes } from '../../lib/adapters/limits.ts';
import { dayMilliseconds } from '../../lib/domain/days.ts';
import type { DayCount } from '../../lib/domain/facts/counts.ts';
import { factsOfDays } from '../../lib/domain/facts/facts.ts';
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

  it('of 60 signals on every day of five years, no two alike, takes less than half of what the table takes', () => {
    let seed = 7;
    const upTo = (most: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return Math.floor((seed / 2 ** 31) * most);
    };
    const content = (): string =>
      upTo(2 ** 30)
        .toString(36)
        .padStart(6, 'a')
        .slice(0, 5);
    const noon = dayMilliseconds / 2;
    const days = Array.from({ length: 5 * 365 }, (_, day) =>
      Object.fromEntries(
        Array.from({ length: 61 }, (_, n): [string, DayCount] => [
          n === 0 ? '*' : `signal-${n}`,
          [18_000 + day, 1 + upTo(9), upTo(noon), noon + upTo(noon), upTo(300), content()],
        ]),
      ),
    );
    const item = written({ ...leadOf(1), own: { ...emptyState, facts: factsOfDays(days) } });

    expect(Buffer.byteLength(JSON.stringify(item))).toBeLessThan(maxItemBytes / 2);
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
