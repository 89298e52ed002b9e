// What the CRM merges may be large: it is followed to its end though each attempt is cut short, and keeps together what it is of.
import { expect, it } from 'vitest';
import type { Table } from '../../lib/ports.ts';
import { crm } from '../simulation/lines.ts';
import { openWorld } from '../simulation/world.ts';
import { at } from './matching-lines.ts';
import { foldAll, foldOn } from './meanwhile.ts';
import { a, acme, b, bigco, dealsIn, merged } from './merge-lines.ts';
import { asksWith, leadsIn, record } from './record-lines.ts';

const openDeal = (externalId: string) =>
  crm(externalId, at('09:00'), { object: 'opportunity', externalId, accountExternalId: 'A', state: 'open' });

/** Fails after so many calls, as a function that is out of time. */
const diesAfter = (calls: number, table: Table): Table => {
  let left = calls;
  return new Proxy(table, {
    get:
      (target, name: keyof Table) =>
      async (...given: never[]) => {
        left -= 1;
        if (left < 0) throw new Error('out of time');
        return (target[name] as (...given: never[]) => unknown)(...given);
      },
  });
};

it('a merge of an account with many opportunities ends, however short each attempt', async () => {
  const world = await openWorld(at('12:00'));
  await foldAll(world, [acme, bigco, ...Array.from({ length: 60 }, (_, n) => openDeal(`o${n}`))]);
  const merge = merged('10:00', 'A', 'B');
  let attempts = 0;
  for (let isDone = false; !isDone && attempts < 8; attempts += 1) {
    const { failed } = await foldOn(world, diesAfter(300, world.embedded.table), merge);
    isDone = failed.length === 0;
  }

  expect(attempts).toBeGreaterThan(1);
  expect(attempts).toBeLessThan(8);
  const places = dealsIn(world, 'opportunity');
  expect(places.filter((place) => place === b)).toHaveLength(60);
  expect(places.filter((place) => place === a)).toEqual([]);
  await world.close();
});

it('a person of more records than anybody merges by hand stays one', async () => {
  const world = await openWorld(at('12:00'));
  const many = Array.from({ length: 52 }, (_, n) => `p${n}`);
  const email = (id: string): string => `${id}@acme.example`;
  await foldAll(
    world,
    many.map((id) => record('08:00', id, { email: email(id) })),
  );
  await foldAll(
    world,
    many.map((id) => asksWith('09:00', email(id))),
  );
  await foldAll(
    world,
    many.slice(1).map((id) => record('10:00', id, { mergedInto: 'p0' })),
  );

  expect(leadsIn(world)).toHaveLength(1);
  expect(JSON.stringify(leadsIn(world))).toContain(email('p0'));
  await world.close();
});
