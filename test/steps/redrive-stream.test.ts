// What could not be published, published anew: from the stream where it still has it, else from the items that were written then.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Published } from '../../events/catalogue.ts';
import type { DeadLetters, StreamPlaces } from '../../lib/mending.ts';
import { redriveStream } from '../../lib/steps/operate/redrive-stream.ts';
import type { Slice } from '../../lib/steps/operate/slice.ts';
import { openWorld, type World } from '../simulation/world.ts';

const at = '2026-11-23T12:00:00.000Z';
const eventOf = (operationId: string, moment = '2026-11-23T10:00:00.000Z'): Published =>
  ({ type: 'operation-due.v1', id: `evt_${operationId}`, at: moment, operationId }) as Published;
const outboxOf = (...events: Published[]): string => JSON.stringify(events);

let world: World;
let letters: { id: string; body: string; since: string }[];
let places: Record<string, NonNullable<Awaited<ReturnType<StreamPlaces['outboxesAt']>>>>;
let heard: string[];
beforeEach(async () => {
  world = await openWorld('2026-11-23T08:00:00.000Z', { sweepEveryMs: 1e12 });
  [letters, places, heard] = [[], {}, []];
});
afterEach(() => world.close());

const die = (body: string, since = '2026-11-23T11:00:00.000Z'): void => {
  letters.push({ id: `id of ${body}`, body, since });
};
const written = (pk: string, ...events: Published[]): Promise<void> =>
  world.embedded.table.write({
    put: { pk, sk: 'X', type: 'test', version: 1, outbox: outboxOf(...events) },
    condition: { if: 'always' },
  });

/** Slice after slice, as `createOperate` runs them; answers the last report and how many it took. */
const redrive = async (ids?: string[]) => {
  const deadLetters: DeadLetters = {
    ...world.embedded.deadLetters,
    list: async (_, limit) => letters.slice(0, limit),
    rewrite: async (_, change) => {
      letters = letters.filter(({ body }) => change(body) !== undefined);
      return { changed: 0, isAll: true };
    },
  };
  const ports = {
    ...{ ...world.embedded, ...world, deadLetters, log: world.log },
    prompt: world.embedded.queues.queue('prompt'),
    bus: {
      publish: async (events: readonly Published[]) => {
        heard.push(...events.map(({ id }) => id));
      },
    },
    stream: { outboxesAt: async (body: string) => places[body] },
    playbook: async () => {
      throw new Error('nothing is judged here');
    },
  };
  let last: Slice | undefined;
  for (let slices = 1; slices < 50; slices += 1) {
    last = await redriveStream(ports, {
      ...{ asked: { operation: 'redrive', queue: 'publish', ids }, operationId: 'op_1', by: 'ops', why: 'Mended.', at },
      progress: last?.done === false ? last.progress : undefined,
      report: last?.report,
    });
    if (last.done) return { ...last.report, slices };
  }
  throw new Error('it does not end');
};

it('publishes what the stream still has, and is done with those letters', async () => {
  for (let place = 0; place < 25; place += 1) {
    die(`place ${place}`);
    places[`place ${place}`] = { outboxes: [outboxOf(eventOf(`op_${place}`))] };
  }
  expect((await redrive()).counts).toEqual({ redriven: 25, published: 25 });
  expect(new Set(heard).size).toBe(25);
  expect(letters).toEqual([]);
});

it('leaves what died after it was asked, and what was not named', async () => {
  die('one');
  die('other');
  die('later', '2026-11-23T12:00:00.001Z');
  for (const place of ['one', 'other', 'later']) places[place] = { outboxes: [outboxOf(eventOf(`op_${place}`))] };
  await redrive(['id of one']);
  expect([heard, letters.length]).toEqual([['evt_op_one'], 2]);
  await redrive();
  expect([heard, letters.map(({ body }) => body)]).toEqual([['evt_op_one', 'evt_op_other'], ['later']]);
});

it('looks for what a forgotten place had in the items written then, a minute about it and no more', async () => {
  die('forgotten');
  places.forgotten = { gone: { from: '2026-11-23T10:00:00.000Z', to: '2026-11-23T10:01:00.000Z' } };
  await written('A', eventOf('op_within', '2026-11-23T10:00:30.000Z'));
  await written('B', eventOf('op_justBefore', '2026-11-23T09:59:00.000Z'));
  await written('C', eventOf('op_before', '2026-11-23T09:58:59.999Z'), eventOf('op_after', '2026-11-23T10:02:00.001Z'));
  const { counts, notes } = await redrive();
  expect(heard.toSorted()).toEqual(['evt_op_justBefore', 'evt_op_within']);
  expect(counts).toMatchObject({ placesForgotten: 1, publishedFromItems: 2, redriven: 1 });
  expect(notes).toEqual([expect.stringContaining('no longer reaches back')]);
  expect(letters).toEqual([]);
});

it('goes through a table of many pages, slice by slice', async () => {
  die('forgotten');
  places.forgotten = { gone: { from: '2026-11-23T10:00:00.000Z', to: '2026-11-23T10:01:00.000Z' } };
  const item = { sk: 'X', type: 'test', version: 1 };
  const writes = Array.from({ length: 5_200 }, (_, index) => ({ ...item, pk: `Z#${index}` }));
  for (let from = 0; from < writes.length; from += 100)
    await world.embedded.table.transact(
      writes.slice(from, from + 100).map((put) => ({ put, condition: { if: 'absent' } as const })),
    );
  await written('ZZ', eventOf('op_last'));
  expect((await redrive()).slices).toBeGreaterThan(3);
  expect(heard).toEqual(['evt_op_last']);
});

it('keeps letters that are no places, and finds those behind them', async () => {
  for (let letter = 0; letter < 30; letter += 1) die(`no place ${letter}`);
  die('place');
  places.place = { outboxes: [outboxOf(eventOf('op_behind'))] };
  expect((await redrive()).counts).toEqual({ redriven: 1, published: 1, unreadable: 30 });
  expect([heard, letters.length]).toEqual([['evt_op_behind'], 30]);
});
