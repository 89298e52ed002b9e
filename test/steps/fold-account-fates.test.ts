// Accounts that the CRM deletes and gives back, and groups of companies that merge, on the embedded adapters: in any order of the news.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import { accountIdOfDomain, leadIdOfEmail, soloAccountId } from '../../lib/domain/ids.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { openWorld, type World } from '../simulation/world.ts';
import { account, asks, at } from './matching-lines.ts';
import {
  a,
  acme,
  allIn,
  b,
  bigco,
  byDomain,
  byId,
  c,
  carla,
  deleted,
  deliverTo,
  everybody,
  judgedIn,
  merged,
  orders,
  placesOf,
  top,
  where,
} from './merge-lines.ts';

const ofDomain = accountIdOfDomain('acme.example');
let world: World;
beforeEach(async () => {
  world = await openWorld(at('12:00'));
});
afterEach(() => world.close());

describe.each(orders)('an account deleted, %s', (_, batches) => {
  const deliver = (...lines: Captured[]) => deliverTo(world, batches(lines));

  it('keeps only whom a person put there: the others are where mail and network say', async () => {
    await deliver(acme, bigco, ...everybody, deleted('10:00', 'A', true));

    const leads = [soloAccountId(leadIdOfEmail(byId)), ofDomain, a];
    expect(where(world)).toEqual({ leads, visitor: [ofDomain], deals: [] });
    expect(judgedIn(world).get(ofDomain)).toMatchObject({ status: 'Qualified', domain: 'acme.example' });
  });

  it('has all of it back once it is undeleted', async () => {
    await deliver(acme, bigco, ...everybody, deleted('10:00', 'A', true), deleted('10:01', 'A', false));

    expect(where(world)).toEqual(allIn(a));
  });

  it('takes along what was merged into it, and gives it back', async () => {
    await deliver(acme, bigco, ...everybody, merged('10:00', 'A', 'B'), deleted('10:01', 'B', true));
    expect(where(world)).toMatchObject({ visitor: [ofDomain], deals: [] });

    await world.deliver([deleted('10:02', 'B', false)]);
    expect(where(world)).toEqual(allIn(b));
  });
});

describe.each(orders)('a group of companies, %s', (_, batches) => {
  const byName = 'fay@gmail.com';
  const group = [
    ...[acme, bigco, account('top', '08:03', 'T', { name: 'Topp' })],
    account('part', '08:04', 'B', { parentExternalId: 'T' }),
    ...[merged('10:00', 'A', 'B'), asks('byDomain', '09:02', byDomain), asks('f', '09:03', byName, 'Bigco')],
  ];
  const open = async (lands: 'site' | 'region' | 'parent', ...lines: Captured[]) => {
    await world.close();
    world = await openWorld(at('12:00'), { playbook: testPlaybook({ matching: { lands } }) });
    await deliverTo(world, batches(lines));
  };

  it.each([
    ['site', b],
    ['region', b],
    ['parent', top],
  ] as const)('takes in leads of what was merged into a part of it: %s', async (lands, there) => {
    await open(lands, ...group);

    expect(placesOf(world, byDomain, byName)).toEqual([[there], [there]]);
  });

  it('is landed in at the one that took in its top, and at the top once that is taken back', async () => {
    await open('parent', ...group, carla, merged('10:01', 'T', 'C'));
    expect(placesOf(world, byDomain, byName)).toEqual([[c], [c]]);

    await world.deliver([merged('10:02', 'T', null)]);
    expect(placesOf(world, byDomain, byName)).toEqual([[top], [top]]);
  });

  it('is landed in at its region, though its top was merged into another', async () => {
    await open('region', ...group, carla, merged('10:01', 'T', 'C'));

    expect(placesOf(world, byDomain, byName)).toEqual([[b], [b]]);
  });

  it('lets go of leads when the merge is taken back', async () => {
    await open('parent', ...group, merged('10:01', 'A', null));

    expect(placesOf(world, byDomain, byName)).toEqual([[a], [top]]);
  });
});
