// Data quality of what stands in the table, a page of accounts at a time.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addedUp, type FieldQuality } from '../../lib/domain/data-quality.ts';
import type { Table } from '../../lib/ports.ts';
import { type QualityPage, readQuality } from '../../lib/steps/read-quality.ts';
import { demoRequest } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';

const now = '2026-11-20T12:00:00.000Z';
let world: World;
beforeEach(async () => {
  world = await openWorld(now);
});
afterEach(() => world.close());

const formOf = (id: string, email: string, country: string) =>
  demoRequest(id, '2026-11-20T09:00:00.000Z', email, { profile: { country } });
const pageAfter = async (page: QualityPage | undefined, table: Table = world.embedded.table): Promise<QualityPage> =>
  (await readQuality({ ...world.embedded, table, playbook: world.playbook }, page?.next ?? null))!;

/** All pages; `between` is told each one. */
const pages = async (between: (page: QualityPage) => Promise<void> = async () => undefined, table?: Table) => {
  const all: QualityPage[] = [];
  do {
    all.push(await pageAfter(all.at(-1), table));
    await between(all.at(-1)!);
  } while (all.at(-1)!.next !== null);
  return all;
};
const countries = (all: readonly { counts: FieldQuality[] }[]) =>
  addedUp(all.map(({ counts }) => counts)).find(({ field }) => field === 'country');

const companies = 150;
const someCompanies = () =>
  Array.from({ length: companies }, (_, n) => formOf(`f${n}`, `p@c${n}.example`, n % 3 === 0 ? 'Atlantis' : 'DE'));

it('adds up to all of them, none read for more than a hundred accounts', { timeout: 30_000 }, async () => {
  await world.deliver(someCompanies());
  let reads = 0;
  const { table } = world.embedded;
  const counted: Table = {
    ...table,
    get: (key) => {
      reads += 1;
      return table.get(key);
    },
    query: (...asked) => {
      reads += 1;
      return table.query(...asked);
    },
  };
  const most: number[] = [];
  const all = await pages(async () => {
    most.push(reads);
    reads = 0;
  }, counted);

  expect(all.map(({ accounts }) => accounts)).toEqual([100, 50, 0]);
  expect(Math.max(...most)).toBeLessThanOrEqual(300);
  expect(countries(all)).toEqual({
    ...{ field: 'country', source: 'form', people: companies, missing: 0, malformed: 50, contradictory: 0 },
  });
});

it('counts nobody twice whose account changes status in between', { timeout: 30_000 }, async () => {
  await world.deliver(someCompanies());
  let turns = 0;
  const all = await pages(async () => {
    turns += 1;
    if (turns > 1) return;
    // As if the hundred already counted had become customers: their accounts stand at the end of the list.
    const counted = (await world.embedded.table.list('ACCOUNTS', { limit: 100 })).map(({ accountId }) => accountId);
    for (const item of await world.embedded.table.list('ACCOUNTS')) {
      if (!counted.includes(item.accountId)) continue;
      const listSk = `2026-11-20T12:10:00.000Z#${item.accountId}`;
      await world.embedded.table.write({
        put: { ...item, listSk, version: item.version + 1 },
        condition: { if: 'version', is: item.version },
      });
    }
  });

  expect(countries(all)?.people).toBe(companies);
});

it('goes on where it was though the list is late to hear what moved', async () => {
  await world.deliver([formOf('f1', 'a@one.example', 'DE'), formOf('f2', 'b@two.example', 'DE')]);
  const { table } = world.embedded;
  const later = '2026-11-20T13:00:00.000Z';
  const late: Table = {
    ...table,
    list: async (...asked) =>
      (await table.list(...asked)).map((item, n, all) =>
        n === all.length - 1 && n > 0 ? { ...item, listSk: `${later}#${item.accountId}` } : item,
      ),
  };
  const first = await pageAfter(undefined, late);

  expect(first.accounts).toBe(1);
  expect((await pageAfter(first)).accounts).toBe(1);
});
