// Operations on a running system: each slice is saved, a slice that runs twice does its work once, and what is poison comes back.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OperationAsked } from '../../lib/domain/operations.ts';
import type { Consumer } from '../../lib/ports.ts';
import { readDeadLetters } from '../../lib/steps/read-dead-letters.ts';
import { readOperation } from '../../lib/steps/read-operation.ts';
import { readQuarantine } from '../../lib/steps/read-quarantine.ts';
import { readStatus } from '../../lib/steps/read-status.ts';
import { allOf } from '../../lib/table/items.ts';
import { noticesHeldList, quarantineKey, slaDueList, syncHeldList, wakeUpList } from '../../lib/table/keys.ts';
import { decide, demoRequest, pageView } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';

const start = '2026-11-23T08:00:00.000Z';
const later = '2026-11-23T09:00:00.000Z';

let world: World;
/** While it is set, fold fails every message that says it. */
let poison: string | undefined;
const failing: Parameters<typeof openWorld>[1] = {
  sweepEveryMs: 1e12,
  wrapConsumer: (name, consumer): Consumer =>
    name !== 'prompt'
      ? consumer
      : async (messages) => {
          const isBad = ({ body }: { body: string }) => poison !== undefined && body.includes(poison);
          const { failed } = await consumer(messages.filter((one) => !isBad(one)));
          return { failed: [...failed, ...messages.filter(isBad).map(({ id }) => id)] };
        },
};
beforeEach(async () => {
  poison = undefined;
  world = await openWorld(start, failing);
});
afterEach(() => world.close());

const ask = async (asked: OperationAsked, operationId = 'op_1'): Promise<void> => {
  const at = new Date(world.embedded.clock.now()).toISOString();
  const request = { type: 'operation-requested.v1', operationId, at, asked, by: 'ops@seller.example', why: 'Mended.' };
  await world.embedded.queues.queue('operate').send([JSON.stringify(request)]);
};
const reportOf = async (operationId = 'op_1') => {
  const { state, report } = (await readOperation(world.embedded.table, operationId))!;
  return { state, ...report };
};
const leads = () => allOf('lead', world.items()).length;

describe('redrive', () => {
  beforeEach(async () => {
    poison = 'bea@acme.example';
    await world.deliver([demoRequest('f1', start, 'bea@acme.example'), demoRequest('f2', start, 'cyd@acme.example')]);
    await world.advanceTo('2026-11-23T08:30:00.000Z');
    expect(world.embedded.queues.depth('prompt')).toEqual({ waiting: 0, dead: 1 });
  });

  it('sends what died again, which is then applied', async () => {
    poison = undefined;
    await ask({ operation: 'redrive', queue: 'prompt' });
    await world.runtime.settle();

    expect(world.embedded.queues.depth('prompt')).toEqual({ waiting: 0, dead: 0 });
    expect(leads()).toBe(2);
    expect(await reportOf()).toEqual({ state: 'done', counts: { redriven: 1 } });
  });

  it('sends what is poison still once, and it comes back', async () => {
    await ask({ operation: 'redrive', queue: 'prompt' });
    await world.advanceTo(later);

    expect(world.embedded.queues.depth('prompt')).toEqual({ waiting: 0, dead: 1 });
    expect(await reportOf()).toEqual({ state: 'done', counts: { redriven: 1 } });
  });

  it('sends those named alone, and says which are not there', async () => {
    poison = undefined;
    await ask({ operation: 'redrive', queue: 'prompt', ids: ['999'] });
    await world.runtime.settle();
    expect(world.embedded.queues.depth('prompt').dead).toBe(1);
    expect(await reportOf()).toEqual({ state: 'done', counts: { redriven: 0, notFound: 1 } });
  });

  it('is shown without a word of anybody', async () => {
    const shown = await readDeadLetters(world.embedded.deadLetters, 'prompt');
    expect(shown.queues).toEqual([{ queue: 'prompt', dead: 1, oldest: expect.stringMatching(/^2026-11-23T08:/) }]);
    expect(shown.letters).toEqual([expect.objectContaining({ types: ['touch-captured.v1'] })]);
    expect(JSON.stringify(shown)).not.toContain('bea');
  });
});

describe('quarantine', () => {
  const refused = decide('d1', start, { a: 'not an address', b: 'bea@acme.example' });
  const readable = demoRequest('f9', start, 'eve@acme.example');
  const quarantine = async (line: object, id: string): Promise<void> => {
    const put = {
      ...quarantineKey(id),
      type: 'quarantine',
      version: 1,
      line,
      reason: 'of an older release',
      at: start,
    };
    await world.embedded.table.write({ put, condition: { if: 'always' } });
  };

  it('lists what is refused with its reason, without what it says', async () => {
    await world.deliver([refused]);
    const { lines, next } = await readQuarantine(world.embedded.table);
    expect({ lines, next }).toMatchObject({
      lines: [{ id: 'd1', reason: 'neither a valid e-mail nor an id' }],
      next: null,
    });
    expect(JSON.stringify(lines)).not.toContain('bea');
  });

  it('released, what can be read now is applied and gone, and what is refused again stays with the reason of today', async () => {
    await quarantine(readable, 'f9');
    await quarantine(refused, 'd1');
    await world.advanceTo(later);
    await ask({ operation: 'release' });
    await world.advanceTo('2026-11-23T09:10:00.000Z');

    expect(leads()).toBe(1);
    const { lines } = await readQuarantine(world.embedded.table);
    expect(lines).toMatchObject([{ id: 'd1', reason: 'neither a valid e-mail nor an id' }]);
    expect(await reportOf()).toEqual({ state: 'done', counts: { released: 1, refusedAgain: 1, applied: 1 } });
  });

  it('is listed and released page by page, however much stands there', async () => {
    const all = Array.from({ length: 130 }, (_, n) => `d${String(n).padStart(3, '0')}`);
    for (const id of all) await quarantine(refused, id);
    const first = await readQuarantine(world.embedded.table);
    const second = await readQuarantine(world.embedded.table, first.next ?? '');
    expect([...first.lines, ...second.lines].map(({ id }) => id)).toEqual(all);
    expect([first.lines.length, first.next, second.next]).toEqual([100, 'd099', null]);

    await world.advanceTo(later);
    await ask({ operation: 'release' });
    await world.runtime.settle();
    expect(await reportOf()).toEqual({ state: 'done', counts: { released: 0, refusedAgain: 130 } });
  });

  it('stays as long as it is not applied', async () => {
    await quarantine(readable, 'f9');
    await world.advanceTo(later);
    poison = 'eve@acme.example';
    await ask({ operation: 'release', ids: ['f9'] });
    await world.advanceTo('2026-11-23T09:10:00.000Z');

    expect((await readQuarantine(world.embedded.table)).lines).toHaveLength(1);
    expect(world.embedded.queues.depth('prompt').dead).toBe(1);
    expect(await reportOf()).toMatchObject({ state: 'done', counts: { released: 1, notYetApplied: 1 } });
  });

  it('says of ids that stand nowhere that they do not', async () => {
    await quarantine(readable, 'f9');
    await world.advanceTo(later);
    await ask({ operation: 'release', ids: ['f9', 'f10'] });
    await world.advanceTo('2026-11-23T09:10:00.000Z');
    expect(await reportOf()).toMatchObject({ state: 'done', counts: { released: 1, notFound: 1 } });
  });

  it('drops what somebody names', async () => {
    await quarantine(readable, 'f9');
    await ask({ operation: 'drop', ids: ['f9', 'f10'] });
    await world.runtime.settle();
    expect((await readQuarantine(world.embedded.table)).lines).toEqual([]);
    expect(await reportOf()).toEqual({ state: 'done', counts: { dropped: 1, notFound: 1 } });
  });
});

it('asked twice is done once, and an unknown operation’s event does nothing', async () => {
  await world.deliver([pageView('p1', start, 'anon:1')]);
  await ask({ operation: 'rebuild' });
  await ask({ operation: 'rebuild' });
  await world.embedded.queues
    .queue('operate')
    .send([JSON.stringify({ type: 'operation-due.v1', id: 'evt_1', at: start, operationId: 'op_none' })]);
  await world.runtime.settle();

  expect(await reportOf()).toEqual({ state: 'done', counts: { lookedAt: 1, mended: 0, couldNot: 0 } });
  expect(world.embedded.queues.depth('operate')).toEqual({ waiting: 0, dead: 0 });
});

describe('what fails', () => {
  const failTimes = (times: number) => {
    const redrive = vi.spyOn(world.embedded.deadLetters, 'redrive');
    for (let time = 0; time < times; time += 1)
      redrive.mockRejectedValueOnce(Object.assign(new Error('secret words'), { code: 'throttled' }));
  };

  it('is tried again, and is not over before the last try', async () => {
    failTimes(4);
    await ask({ operation: 'redrive', queue: 'prompt' });
    await world.advanceTo(later);
    expect(await reportOf()).toEqual({ state: 'done', counts: { redriven: 0 } });
  });

  it('is over after five, with the kind of error and none of its words', async () => {
    failTimes(5);
    await ask({ operation: 'redrive', queue: 'prompt' });
    await world.advanceTo(later);
    expect(await readOperation(world.embedded.table, 'op_1')).toMatchObject({
      state: 'failed',
      failed: 'Error throttled',
    });
    // Nobody may be waiting for it: a dead letter wakes somebody.
    expect(world.embedded.queues.depth('operate')).toEqual({ waiting: 0, dead: 1 });
    expect((await readStatus(world.embedded)).needsAPerson).toContain('1 dead letter in operate');
  });

  it('goes on where it was when its dead letter is sent again', async () => {
    failTimes(5);
    await ask({ operation: 'redrive', queue: 'prompt' });
    await world.advanceTo(later);
    await world.embedded.deadLetters.redrive('operate', { before: '2027-01-01T00:00:00.000Z', limit: 10 });
    await world.runtime.settle();
    const over = await readOperation(world.embedded.table, 'op_1');
    expect(over).toMatchObject({ state: 'done', report: { counts: { redriven: 0 } } });
    expect(over?.failed).toBeUndefined();
    expect(world.embedded.queues.depth('operate')).toEqual({ waiting: 0, dead: 0 });
  });
});

describe('status', () => {
  const statusNow = () => readStatus(world.embedded);
  const swept = () => world.advanceTo(new Date(world.embedded.clock.now() + 10 * 60_000).toISOString());

  it('is well after a sweep, and says what needs a person: what died, what was refused, a sweep that does not come', async () => {
    await world.close();
    world = await openWorld(start, { ...failing, sweepEveryMs: 5 * 60_000 });
    expect((await statusNow()).needsAPerson).toEqual([]);
    const later = { now: () => world.embedded.clock.now() + 20 * 60_000 };
    expect((await readStatus({ ...world.embedded, clock: later })).needsAPerson).toEqual(['the sweep has never run']);
    await swept();
    expect(await statusNow()).toMatchObject({ ok: true, needsAPerson: [], playbook: { number: 1 }, operations: [] });

    poison = 'bea@acme.example';
    await world.deliver([demoRequest('f1', start, 'bea@acme.example')]);
    await world.deliver([decide('d1', start, { a: 'no address', b: 'bea.b@acme.example' })]);
    await swept();
    const { ok, needsAPerson, queues } = await statusNow();
    expect({ ok, needsAPerson }).toEqual({
      ok: false,
      needsAPerson: ['1 dead letter in prompt', '1 line in quarantine'],
    });
    expect(queues.find(({ queue }) => queue === 'prompt')).toMatchObject({ waiting: 0, oldestWaiting: null, dead: 1 });

    const clock = { now: () => world.embedded.clock.now() + 20 * 60_000 };
    expect((await readStatus({ ...world.embedded, clock })).needsAPerson.at(-1)).toMatch(
      /^the sweep has not run since/,
    );
  });

  it('says since when the first waits, which timers nobody heard, and what is held', async () => {
    await world.embedded.queues.queue('hits').send(['first']);
    const { clock, table } = world.embedded;
    const at = (minutes: number) => new Date(clock.now() - minutes * 60_000).toISOString();
    const inList = (pk: string, listPk: string, minutes: number) =>
      table.write({
        put: { pk, sk: 'X', type: 'test', version: 1, listPk, listSk: `${at(minutes)}#${pk}` },
        condition: { if: 'always' },
      });
    await inList('a', slaDueList, 2);
    await inList('b', slaDueList, 0.5);
    await inList('c', wakeUpList, 90);
    await inList('d', wakeUpList, -90);
    await inList('e', noticesHeldList, -90);
    await inList('f', syncHeldList, -90);

    const seen = await readStatus({ ...world.embedded, clock: { now: () => clock.now() + 1 } });
    expect(seen.queues.find(({ queue }) => queue === 'hits')).toMatchObject({ waiting: 1, oldestWaiting: at(0) });
    expect(seen).toMatchObject({ timersLate: 2, held: { notices: 1, crmWrites: 1, crmRequests: 0 }, needsAPerson: [] });
  });

  it('names operations under way', async () => {
    await world.advanceTo(later);
    poison = 'eve@acme.example';
    const put = { ...quarantineKey('f9'), type: 'quarantine', version: 1, reason: 'old', at: start };
    const line = demoRequest('f9', start, 'eve@acme.example');
    await world.embedded.table.write({ put: { ...put, line }, condition: { if: 'always' } });
    await ask({ operation: 'release' });
    await world.runtime.settle();
    expect((await statusNow()).operations).toMatchObject([{ operationId: 'op_1', operation: 'release' }]);
  });
});
