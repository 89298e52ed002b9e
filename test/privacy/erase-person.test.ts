// Erasing a person, on the embedded edition in memory: nothing of theirs is found anywhere in the database afterwards, whatever comes late.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { leadIdOfEmail } from '../../lib/domain/ids.ts';
import type { OperationAsked } from '../../lib/domain/operations.ts';
import { as } from '../../lib/table/items.ts';
import { operationKey } from '../../lib/table/keys.ts';
import { temporaryFolder } from '../cli/run.ts';
import { crm, demoRequest } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';
import { emailOf, everyRow, linesOf, live, rowsWith } from './person.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld('2026-11-20T12:00:00.000Z');
});
afterEach(() => world.close());

const { path } = temporaryFolder();
const minutes = (count: number) => world.runtime.advanceTo(world.embedded.clock.now() + count * 60_000);

const ask = async (asked: OperationAsked, operationId = 'op_1') => {
  const at = new Date(world.embedded.clock.now()).toISOString();
  const request = {
    type: 'operation-requested.v1',
    operationId,
    at,
    asked,
    by: 'ops@seller.example',
    why: 'Asked to.',
  };
  await world.embedded.queues.queue('operate').send([JSON.stringify(request)]);
  await world.runtime.settle();
};
const operation = async (operationId = 'op_1') =>
  as('operation', await world.embedded.table.get(operationKey(operationId)));
const erase = async (who: string) => {
  await ask({ operation: 'erase-person', lead: leadIdOfEmail(emailOf(who)) });
  await minutes(30);
};

it('leaves nothing of them in any table, and all of whoever else is of their account', async () => {
  await live(world, [...linesOf('anna'), ...linesOf('bert')]);
  await world.embedded.queues.queue('prompt').send([`not json: ${emailOf('anna')}`]);
  await minutes(120);
  expect(rowsWith(world, 'anna').length).toBeGreaterThan(10);
  const itemsOfBert = () => rowsWith(world, 'bert').filter((row) => row.startsWith('items')).length;
  const ofBert = itemsOfBert();

  await erase('anna');

  expect(await operation()).toMatchObject({ state: 'done' });
  expect(rowsWith(world, 'anna')).toEqual([]);
  expect(itemsOfBert()).toBe(ofBert);
});

it('looks again when it is due, not when an event of before comes a second time', async () => {
  await live(world, linesOf('anna'));
  await ask({ operation: 'erase-person', lead: leadIdOfEmail(emailOf('anna')) });
  expect(await operation()).toMatchObject({ state: 'running', report: { counts: { rounds: 1 } } });
  const at = new Date(world.embedded.clock.now()).toISOString();
  const again = { type: 'operation-due.v1', id: 'evt_again', at, operationId: 'op_1' };
  await world.embedded.queues.queue('operate').send([JSON.stringify(again)]);
  await world.runtime.settle();
  expect(await operation()).toMatchObject({ state: 'running', report: { counts: { rounds: 1 } } });

  await minutes(6);
  expect(await operation()).toMatchObject({ state: 'done', report: { counts: { rounds: 2 } } });
});

it('says where it could not look through all dead letters', async () => {
  await live(world, linesOf('anna'));
  vi.spyOn(world.embedded.deadLetters, 'rewrite').mockImplementation(async (queue) => ({
    changed: 0,
    isAll: queue !== 'hits',
  }));
  await erase('anna');
  const { report } = (await operation())!;
  expect(report?.notes?.filter((note) => note.includes('dead letters'))).toEqual([
    'hits has too many dead letters to look at all: redrive them, then erase again',
  ]);
});

it('finds again what a step at work meanwhile writes once more, and says of a second erasure that there was a first', async () => {
  await live(world, linesOf('anna'));
  const { table } = world.embedded;
  const before = world.items();
  await ask({ operation: 'erase-person', lead: leadIdOfEmail(emailOf('anna')) });
  // All that any step may have held in its hands, each written as if nothing had been there.
  const gone = before.filter((item) => !['lead', 'operation', 'deed'].includes(item.type));
  for (const put of gone) await table.write({ put, condition: { if: 'absent' } }).catch(() => undefined);
  expect(rowsWith(world, 'anna').length).toBeGreaterThan(5);
  await minutes(45);

  expect(rowsWith(world, 'anna')).toEqual([]);
  expect(await operation()).toMatchObject({ state: 'done' });
  await ask({ operation: 'erase-person', lead: leadIdOfEmail(emailOf('anna')) }, 'op_2');
  await minutes(45);
  const { report } = (await operation('op_2'))!;
  expect(report?.notes?.[0]).toMatch(/^erased before, at 2026-11-20T/);
  expect(report?.counts.identities).toBe(0);
});

it('drops what comes late of before, and of their record whatever the CRM says; what they do themselves begins anew', async () => {
  await world.deliver(linesOf('anna'));
  await erase('anna');
  const rows = everyRow(world).filter((row) => row.startsWith('items')).length;

  await world.deliver(linesOf('anna'));
  await world.deliver(linesOf('anna'), 'hits');
  await world.deliver([
    crm('later', '2026-11-20T13:00:00.000Z', {
      object: 'person',
      externalId: 'annazzrecord',
      profile: { name: 'annazzx' },
    }),
    crm('new', '2026-11-20T13:00:00.000Z', { object: 'person', externalId: 'new', email: emailOf('anna') }),
  ]);
  expect(rowsWith(world, 'anna')).toEqual([]);
  expect(everyRow(world).filter((row) => row.startsWith('items')).length).toBe(rows);

  await world.deliver([demoRequest('back', '2026-11-20T13:30:00.000Z', emailOf('anna'))]);
  expect(rowsWith(world, 'anna').length).toBeGreaterThan(1);
  expect(rowsWith(world, 'anna').join('')).not.toContain('annazzformname');
});

it('hears what the CRM says of their record again once that is lifted, of what comes from then on', async () => {
  await live(world, linesOf('anna'));
  await erase('anna');
  const said = (id: string) =>
    crm(id, new Date(world.embedded.clock.now()).toISOString(), {
      ...{ object: 'person', externalId: 'annazzrecord', email: emailOf('anna') },
      profile: { company: `annazz${id}` },
    });
  await world.deliver([said('unheard')]);
  expect(rowsWith(world, 'anna')).toEqual([]);

  await ask({ operation: 'erase-person', lead: leadIdOfEmail(emailOf('anna')), lift: true }, 'op_2');
  expect(await operation('op_2')).toMatchObject({ state: 'done', report: { counts: { recordsHeardAgain: 1 } } });
  await minutes(1);
  await world.deliver(linesOf('anna').filter(({ type }) => type === 'crm-change-captured.v1'));
  await world.deliver([said('heard')]);

  expect(rowsWith(world, 'anna').join('')).toContain('annazzheard');
  expect(rowsWith(world, 'anna').join('')).not.toMatch(/annazz(?:unheard|crm|stage)/);
});

it('leaves nothing of them in the file, nor in its log: what is removed is overwritten', async () => {
  await world.close();
  const state = path('state');
  world = await openWorld('2026-11-20T12:00:00.000Z', { path: join(state, 'muster.db') });
  const files = () => readdirSync(state).map((name) => readFileSync(join(state, name), 'latin1'));
  const times = (who: string) => files().join('').split(emailOf(who)).length - 1;
  await live(world, [...linesOf('anna'), ...linesOf('bert')]);
  await minutes(120);
  await world.embedded.database.shred();
  expect(times('anna')).toBeGreaterThan(10);

  await erase('anna');

  expect(await operation()).toMatchObject({ state: 'done' });
  expect([times('anna'), times('bert') > 10]).toEqual([0, true]);
});
