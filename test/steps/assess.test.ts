// Assessing on the embedded adapters: one saving per change, none without, whoever else saves meanwhile.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { accountIdOfCrm, accountIdOfDomain } from '../../lib/domain/ids.ts';
import type { Item, Table, Write } from '../../lib/ports.ts';
import { assess } from '../../lib/steps/assess.ts';
import { allOf } from '../../lib/table/items.ts';
import { crm, demoRequest, pageView } from '../simulation/lines.ts';
import { openWorld, silent, type World } from '../simulation/world.ts';

const at = (time: string): string => `2026-11-20T${time}.000Z`;
const acme = accountIdOfDomain('acme.example');
let world: World;
beforeEach(async () => {
  world = await openWorld(at('12:00:00'));
});
afterEach(() => world.close());

/** A table that remembers what is written to it. */
const watched = (table: Table) => {
  const writes: Write[] = [];
  const seen: Table = {
    ...table,
    write: async (write) => {
      writes.push(write);
      await table.write(write);
    },
    transact: async (all) => {
      writes.push(...all);
      await table.transact(all);
    },
  };
  return { writes, table: seen };
};
const assessWith = (table: Table, accountId = acme) =>
  assess({ table, clock: world.embedded.clock, playbook: world.playbook, log: silent }, accountId);
const lead = () => allOf('lead-assessment', world.items())[0]!;
const account = (id = acme) => allOf('account-assessment', world.items()).find(({ accountId }) => accountId === id)!;

it('judges a lead and its account by what was folded', async () => {
  await world.deliver([demoRequest('f', at('09:00:00'), 'bea@acme.example', { profile: { jobTitle: 'Head of IT' } })]);

  expect(lead().assessment).toMatchObject({ status: 'Qualified', grade: 'A1', score: 60, qualifiedAt: at('09:00:00') });
  expect(account().assessment).toMatchObject({ status: 'Qualified', score: 30, domain: 'acme.example' });
});

it('writes nothing when nothing changed', async () => {
  await world.deliver([demoRequest('f', at('09:00:00'), 'bea@acme.example')]);
  const { table, writes } = watched(world.embedded.table);
  await assessWith(table);
  await assessWith(table);

  expect(writes).toEqual([]);
});

it('writes nothing for an account nobody knows', async () => {
  const { table, writes } = watched(world.embedded.table);
  await assessWith(table, 'acct_none');

  expect(writes).toEqual([]);
});

it('judges anew by what time took, and says since when the status holds', async () => {
  await world.deliver([
    demoRequest('f', at('09:00:00'), 'bea@acme.example', { person: { email: 'bea@acme.example', visitor: 'anon:1' } }),
    pageView('v', at('10:00:00'), 'anon:1', '/pricing'),
  ]);
  expect(lead().assessment.score).toBe(71);
  const since = lead().since;
  await world.advanceTo('2026-12-04T12:00:00.000Z');
  await assessWith(world.embedded.table);

  expect(lead().assessment.score).toBe(66);
  expect(lead().since).toBe(since);
});

it('looks again when somebody else assessed in between', async () => {
  const { table } = world.embedded;
  await world.deliver([crm('a', at('09:00:00'), { object: 'account', externalId: 'A', domains: ['acme.example'] })]);
  await world.send([demoRequest('f', at('09:00:00'), 'bea@acme.example')]);
  let first = true;
  const mine = accountIdOfCrm('crm', 'A');
  const slow: Table = {
    ...table,
    query: async (pk, prefix, limit) => {
      const items = await table.query(pk, prefix, limit);
      if (first && pk === `ACCOUNT#${mine}`) {
        first = false;
        await world.runtime.settle();
      }
      return items;
    },
  };
  await assessWith(slow, mine);

  expect(account(mine).assessment.status).toBe('Qualified');
  expect(allOf('lead-assessment', world.items()).length).toBe(1);
});

it('judges more leads than a transaction takes, each once', async () => {
  const forms = Array.from({ length: 75 }, (_, n) => demoRequest(`f${n}`, at('09:00:00'), `buyer${n}@acme.example`));
  await world.deliver(forms);
  const leads = allOf('lead-assessment', world.items());

  expect(leads).toHaveLength(75);
  expect(new Set(leads.map(({ assessment }) => assessment.status))).toEqual(new Set(['Qualified']));
  expect(account().assessment.score).toBe(75 * 30);
  expect(account().assessment.parts.map(({ kind }) => kind)).toEqual([
    ...Array.from({ length: 50 }, () => 'member'),
    'others',
  ]);
  expect(allOf('assignment', world.items())).toHaveLength(75);
});

it('makes a lead that comes back to Qualified a new generation', async () => {
  const stage = (id: string, time: string, stage: 'disqualified' | 'open') =>
    crm(id, at(time), { object: 'person', externalId: 'p', email: 'bea@acme.example', stage });
  await world.deliver([demoRequest('f', at('09:00:00'), 'bea@acme.example')]);
  const first = lead().generation;
  await world.deliver([stage('d', '10:00:00', 'disqualified')]);
  expect(lead().assessment.status).toBe('Disqualified');
  await world.advanceTo(at('13:00:00'));
  await world.deliver([stage('o', '11:00:00', 'open')]);

  expect(lead().assessment.status).toBe('Qualified');
  expect(lead().generation).not.toBe(first);
  const clock = allOf('sla', world.items())[0]!.clock;
  expect(clock).toMatchObject({ generation: lead().generation, startedAt: at('13:00:00') });
  expect(clock.stoppedAt).toBeUndefined();
});

it('lists no account that was emptied', async () => {
  await world.deliver([demoRequest('f', at('09:00:00'), 'bea@acme.example')]);
  const listed = (): unknown[] =>
    world
      .items()
      .filter((item: Item) => item.listPk === 'ACCOUNTS')
      .map((item) => item.accountId);
  expect(listed()).toEqual([acme]);
  await world.deliver([crm('a', at('10:00:00'), { object: 'account', externalId: 'A', domains: ['acme.example'] })]);

  expect(listed()).toEqual([accountIdOfCrm('crm', 'A')]);
});
