// Several batches folded at once, every call of the table waiting its turn in an order drawn by chance: the state that follows is
// the one the same lines leave one after the other.
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';
import type { Playbook } from '../../lib/domain/playbook/playbook.ts';
import type { Table } from '../../lib/ports.ts';
import { createFold } from '../../lib/steps/fold/fold.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { journal, lastMoment } from './journals.ts';
import { message } from './lines.ts';
import { openWorld, silent, stateOf, type World } from './world.ts';

const seed = Number(process.env.MUSTER_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`interleaving: MUSTER_SEED=${seed}`);

const now = new Date(lastMoment).toISOString();
const playbooks = (['site', 'region', 'parent'] as const).map((lands) => testPlaybook({ matching: { lands } }));

/** Calls wait until they are let through, one at a time, whichever `choose` picks. */
const inTurns = (table: Table, choose: (waiting: number) => number) => {
  const waiting: (() => void)[] = [];
  let overtaken = 0;
  const turn =
    <Given extends unknown[], Answer>(call: (...given: Given) => Promise<Answer>) =>
    async (...given: Given): Promise<Answer> => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      return call(...given);
    };
  const turned: Table = {
    get: turn((key) => table.get(key)),
    getMany: turn((keys) => table.getMany(keys)),
    query: turn((...given) => table.query(...given)),
    list: turn((...given) => table.list(...given)),
    count: turn((...given) => table.count(...given)),
    write: turn((write) => table.write(write)),
    transact: turn((writes) => table.transact(writes)),
  };
  const letThrough = async (isOver: () => boolean): Promise<void> => {
    while (!isOver()) {
      await new Promise((resolve) => setImmediate(resolve));
      if (waiting.length === 0) continue;
      const chosen = choose(waiting.length);
      if (chosen > 0) overtaken += 1;
      waiting.splice(chosen, 1)[0]!();
    }
  };
  return { table: turned, letThrough, overtaken: () => overtaken };
};

const atOnce = 3;
const retention = { anonymousDays: 395, trailMonths: 25, noticeDays: 395, quarantineDays: 90 };

const judgedOf = (world: World) => {
  const { people, identities, decided, members, kept, accounts, domains, deals, opportunities, contracts } = stateOf(
    world.items(),
  );
  return { people, identities, decided, members, kept, accounts, domains, deals, opportunities, contracts };
};

const oneByOne = async (playbook: Playbook, lines: readonly Captured[]) => {
  const world = await openWorld(now, { playbook, retention });
  try {
    for (const line of lines) await world.deliver([line]);
    return judgedOf(world);
  } finally {
    await world.close();
  }
};

let overtaken = 0;
let failed = 0;

const interleaved = async (playbook: Playbook, lines: readonly Captured[], choices: Iterator<number>) => {
  const world = await openWorld(now, { playbook, retention });
  const { embedded } = world;
  const turns = inTurns(embedded.table, (waiting) => choices.next().value % waiting);
  const { playbook: live } = world;
  const fold = createFold({ table: turns.table, playbook: live, clock: embedded.clock, log: silent, retention });
  try {
    const waiting = lines.map((line) => ({ id: line.id, body: message([line]), attempt: 1 }));
    while (waiting.length > 0) {
      const batches = waiting.splice(0, 2 * atOnce);
      let running = 0;
      const runs = Array.from({ length: atOnce }, async (_, n) => {
        const batch = batches.filter((_, at) => at % atOnce === n);
        running += 1;
        const answer = await fold(batch);
        running -= 1;
        return batch.filter(({ id }) => answer.failed.includes(id));
      });
      await turns.letThrough(() => running === 0);
      const again = (await Promise.all(runs)).flat();
      failed += again.length;
      waiting.push(...again);
    }
    overtaken += turns.overtaken();
    await world.runtime.settle();
    return judgedOf(world);
  } finally {
    await world.close();
  }
};

test('batches folded at once end as lines folded one by one', { timeout: 120_000 }, () =>
  fc.assert(
    fc.asyncProperty(
      journal(14, { touches: 4, changes: 4, decisions: 1, matches: 1 }),
      fc.infiniteStream(fc.nat(1_000)),
      fc.constantFrom(...playbooks),
      async (lines, choices, playbook) => {
        expect(await interleaved(playbook, lines, choices)).toEqual(await oneByOne(playbook, lines));
      },
    ),
    { seed, numRuns: 300, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: false },
  ),
);

afterAll(() => {
  console.log(`interleaving: ${overtaken} calls overtook others, ${failed} messages came again`);
  expect(overtaken).toBeGreaterThan(100);
});
