// Accounts that the CRM merges and gives back, on the embedded adapters: whoever and whatever is in one counts in the one that stands
// for it, once, in any order of the news.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import { leadIdOfEmail, soloAccountId } from '../../lib/domain/ids.ts';
import { membersOf } from '../../lib/table/items.ts';
import { openWorld, stateOf, type World } from '../simulation/world.ts';
import { account, asks, at } from './matching-lines.ts';
import {
  a,
  acme,
  allIn,
  b,
  bigco,
  c,
  carla,
  contract,
  dealsIn,
  deleted,
  deliverTo,
  everybody,
  judgedIn,
  merged,
  opportunity,
  orders,
  placesOf,
  where,
} from './merge-lines.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld(at('12:00'));
});
afterEach(() => world.close());

/** What follows of another world, where these lines came at once. */
const of = async <Answer>(lines: readonly Captured[], look: (one: World) => Answer): Promise<Answer> => {
  const one = await openWorld(at('12:00'));
  try {
    await one.deliver([lines]);
    return look(one);
  } finally {
    await one.close();
  }
};
const factsIn = (one: World) =>
  membersOf(one.items())
    .map(({ leadId, state }): [string, object] => [leadId, state.facts])
    .sort(([x], [y]) => (x < y ? -1 : 1));
const scoreIn = (one: World): number => [...judgedIn(one).values()].reduce((total, { score }) => total + score, 0);

describe.each(orders)('accounts merged, %s', (_, batches) => {
  const deliver = (...lines: Captured[]) => deliverTo(world, batches(lines));

  it('count in the one that took the other in: leads, visitors, opportunities and contracts', async () => {
    await deliver(acme, bigco, ...everybody, merged('10:00', 'A', 'B'));

    expect(where(world)).toEqual(allIn(b));
    expect([...judgedIn(world).keys()]).toEqual([b]);
    expect(judgedIn(world).get(b)).toMatchObject({ name: 'Bigco', status: 'Customer Opportunity' });
  });

  it('lose and double nothing that anybody did', async () => {
    const inBoth = [acme, bigco, ...everybody, asks('b', '09:30', 'gil@gmail.com', 'Bigco')];
    await deliver(...inBoth, merged('10:00', 'A', 'B'));

    expect(factsIn(world)).toEqual(await of(inBoth, factsIn));
    expect(scoreIn(world)).toBe(await of(inBoth, scoreIn));
    expect(scoreIn(world)).toBeGreaterThan(100);
  });

  it('follow a chain, whoever of it was merged first', async () => {
    await deliver(acme, bigco, carla, ...everybody, merged('10:00', 'A', 'B'), merged('10:01', 'B', 'C'));

    expect(where(world)).toEqual(allIn(c));
    expect([...judgedIn(world).keys()]).toEqual([c]);
  });

  it('are what they were once that is taken back', async () => {
    const { accounts: _, trails: __, ...apart } = await of([acme, bigco, ...everybody], (one) => stateOf(one.items()));
    await deliver(acme, bigco, ...everybody, merged('10:00', 'A', 'B'), merged('10:01', 'A', null));

    expect(where(world)).toEqual(allIn(a));
    expect(stateOf(world.items())).toMatchObject(apart);
    expect([...judgedIn(world).keys()].sort()).toEqual([a, b].sort());
  });

  it('give back the middle of a chain with what is merged into it', async () => {
    const chain = [merged('10:00', 'A', 'B'), merged('10:01', 'B', 'C'), merged('10:02', 'B', null)];
    await deliver(acme, bigco, carla, ...everybody, ...chain);

    expect(where(world)).toEqual(allIn(b));
  });

  it('are found by the other’s domains, and no more by its name', async () => {
    const [byDomain, byName, survivor] = ['dan@acme.example', 'eve@gmail.com', 'fay@gmail.com'];
    await deliver(
      ...[acme, bigco, merged('10:00', 'A', 'B'), asks('late', '11:00', byDomain)],
      asks('byName', '11:01', byName, 'Acme Bearings'),
      asks('survivor', '11:02', survivor, 'Bigco'),
    );

    const nobodys = soloAccountId(leadIdOfEmail(byName));
    expect(placesOf(world, byDomain, byName, survivor)).toEqual([[b], [nobodys], [b]]);
  });

  it('and deleted there too, as CRMs do, are in the one that took them in', async () => {
    await deliver(acme, bigco, ...everybody, deleted('10:01', 'A', true), merged('10:00', 'A', 'B'));

    expect(where(world)).toEqual(allIn(b));
  });

  it('before anything was told of the one that stands, are in it all the same', async () => {
    await deliver(acme, ...everybody, merged('10:00', 'A', 'B'));

    expect(where(world)).toEqual(allIn(b));
  });

  it('are the one with the smaller id where they go round in circles', async () => {
    await deliver(acme, bigco, ...everybody, merged('10:00', 'A', 'B'), merged('10:01', 'B', 'A'));

    expect(where(world)).toEqual(allIn([a, b].sort()[0]!));
  });
});

describe.each(orders)('an opportunity and a contract, %s', (_, batches) => {
  const deliver = (...lines: Captured[]) => deliverTo(world, batches(lines));
  const both = (id: string, time: string, externalId: string | null) => [
    opportunity(`o${id}`, time, externalId),
    contract(`c${id}`, time, externalId),
  ];
  const places = () => [dealsIn(world, 'opportunity'), dealsIn(world, 'contract')];

  it('count once, in the account they moved to last', async () => {
    await deliver(
      acme,
      bigco,
      carla,
      ...both('1', '09:00', 'A'),
      ...both('2', '09:10', 'B'),
      ...both('3', '09:20', 'C'),
    );

    expect(places()).toEqual([[c], [c]]);
    expect([...judgedIn(world).values()].map(({ status }) => status).sort()).toEqual([
      'Customer Opportunity',
      'Pre-Qualified',
      'Pre-Qualified',
    ]);
  });

  it('go back to where they were before', async () => {
    await deliver(acme, bigco, ...both('1', '09:00', 'A'), ...both('2', '09:10', 'B'), ...both('3', '09:20', 'A'));

    expect(places()).toEqual([[a], [a]]);
  });

  it('are with nobody once the CRM says so', async () => {
    await deliver(acme, ...both('1', '09:00', 'A'), ...both('2', '09:10', null));

    expect(places()).toEqual([[], []]);
  });

  it('of an account that is told of later wait there', async () => {
    await deliver(...both('1', '09:00', 'A'), account('late', '09:30', 'A', { name: 'Acme' }));

    expect(places()).toEqual([[a], [a]]);
    expect(judgedIn(world).get(a)).toMatchObject({ name: 'Acme', status: 'Customer Opportunity' });
  });

  it('that move out of a merged account stay out when the merge is taken back', async () => {
    const merge = [merged('10:00', 'A', 'B'), merged('10:02', 'A', null)];
    await deliver(acme, bigco, carla, ...both('1', '09:00', 'A'), ...both('2', '10:01', 'C'), ...merge);

    expect(places()).toEqual([[c], [c]]);
  });
});
