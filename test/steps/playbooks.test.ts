import { afterEach, beforeEach, expect, it } from 'vitest';
import { createVirtualClock } from '../../lib/adapters/embedded/clock.ts';
import { type Embedded, openEmbedded } from '../../lib/adapters/embedded/open.ts';
import { playbookShape } from '../../lib/domain/playbook/shape.ts';
import type { Table } from '../../lib/ports.ts';
import { playbookReader, savePlaybook } from '../../lib/steps/playbooks.ts';
import { as } from '../../lib/table/items.ts';
import { playbookVersionKey } from '../../lib/table/keys.ts';
import { testPlaybook } from '../domain/playbooks.ts';

const start = Date.parse('2026-11-20T09:00:00.000Z');
const clock = createVirtualClock(start);
let embedded: Embedded;
beforeEach(() => {
  embedded = openEmbedded({ path: ':memory:', clock });
});
afterEach(() => embedded.close());

const save = (name: string) => savePlaybook(embedded, name, testPlaybook({ name }));
const counting = (table: Table) => {
  const reads = { count: 0 };
  const counted: Table = {
    ...table,
    get: async (key) => {
      reads.count += 1;
      return table.get(key);
    },
  };
  return { reads, table: counted };
};

it('throws while no playbook is live', async () => {
  await expect(playbookReader(embedded)()).rejects.toThrow('no playbook is live');
});

it('keeps versions, the last one live; the live text again is no new one', async () => {
  expect(await save('one')).toEqual({ number: 1, saved: true });
  expect(await save('one')).toEqual({ number: 1, saved: false });
  expect(await save('two')).toEqual({ number: 2, saved: true });
  expect(await save('one')).toEqual({ number: 3, saved: true });
  expect((await playbookReader(embedded)()).name).toBe('one');
});

it('makes one of two that are saved at once', async () => {
  const outcomes = await Promise.allSettled([save('one'), save('two')]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

it('reads again after a minute, and the playbook itself only when another is live', async () => {
  await save('one');
  const { table, reads } = counting(embedded.table);
  const read = playbookReader({ table, clock });
  const first = await Promise.all([read(), read(), read()]);
  expect(reads.count).toBe(2);
  expect(new Set(first).size).toBe(1);

  await save('two');
  clock.advanceTo(clock.now() + 59_999);
  expect((await read()).name).toBe('one');
  expect(reads.count).toBe(2);
  clock.advanceTo(clock.now() + 1);
  expect((await read()).name).toBe('two');
  expect(reads.count).toBe(4);
  clock.advanceTo(clock.now() + 60_000);
  const again = await read();
  expect(reads.count).toBe(5);
  expect(await read()).toBe(again);
});

it('asks anew after a read that failed', async () => {
  const read = playbookReader(embedded);
  await expect(read()).rejects.toThrow();
  await save('one');
  expect((await read()).name).toBe('one');
});

it('reads one that an earlier release saved with the usual for what it could not say yet', async () => {
  await save('one');
  const key = playbookVersionKey(1);
  const stored = as('playbook-version', await embedded.table.get(key))!;
  const { shape, ...storedThen } = stored;
  expect(shape).toBe(playbookShape);
  const { notices: _, calendars: __, teams: ___, ...older } = stored.playbook;
  const people = older.people.map(({ skills: _, away: __, ...person }) => person);
  const put = { ...storedThen, playbook: { ...older, people }, version: stored.version + 1 };
  await embedded.table.write({ put, condition: { if: 'always' } });

  expect(await playbookReader(embedded)()).toEqual({ ...testPlaybook({ name: 'one' }), version: 1 });
});
