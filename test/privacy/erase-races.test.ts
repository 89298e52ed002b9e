// Erasing somebody while their lines are still coming in, twice and in any order, everything fails now and then, and what died is
// redriven afterwards, as is the erasure where that gave up: nothing of theirs comes back.

import { expect, it } from 'vitest';
import { leadIdOfEmail } from '../../lib/domain/ids.ts';
import { as } from '../../lib/table/items.ts';
import { operationKey } from '../../lib/table/keys.ts';
import { faultsFrom, randomFrom } from '../simulation/faulty-world.ts';
import { redriven } from '../simulation/redrive.ts';
import { openWorld } from '../simulation/world.ts';
import { emailOf, linesOf, rowsWith } from './person.ts';

const given = Number(process.env.MUSTER_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`erase-races: MUSTER_SEED=${given}`);
const queueNames = ['prompt', 'hits', 'assess', 'route', 'sla', 'timers', 'notify', 'operate'] as const;

it.each([0, 1])('seed and %i', async (offset) => {
  const random = randomFrom(given + offset);
  const faults = faultsFrom(given + offset);
  const world = await openWorld('2026-11-20T12:00:00.000Z', { ...faults, batchSizes: { prompt: 3, route: 2 } });
  const { queues, clock, table } = world.embedded;
  const later = (milliseconds: number) => world.runtime.advanceTo(clock.now() + milliseconds);
  // Whose a browser or a record is has to be known by then: one that nobody ever saw with them is nobody's.
  await world.send(linesOf('anna'));
  await later(2 * 3_600_000);
  const lines = [...linesOf('anna'), ...linesOf('anna'), ...linesOf('bert')]
    .map((line) => ({ line, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ line }) => line);
  const askAt = Math.floor(random() * lines.length);
  const ask = (operationId: string) => {
    const asked = { operation: 'erase-person', lead: leadIdOfEmail(emailOf('anna')) };
    const request = { operationId, at: new Date(clock.now()).toISOString(), asked, by: 'ops', why: 'Asked.' };
    return queues.queue('operate').send([JSON.stringify({ type: 'operation-requested.v1', ...request })]);
  };
  const stateOf = async (operationId: string) => as('operation', await table.get(operationKey(operationId)))?.state;
  for (const [index, line] of lines.entries()) {
    if (index === askAt) await ask('op_1');
    await world.send([line], random() < 0.5 ? 'hits' : 'prompt');
    if (random() < 0.7) await later(random() * 2_000);
  }
  await later(2 * 3_600_000);
  await faults.end();
  for (let round = 0; round < 3; round += 1) {
    await redriven(world.embedded, ...queueNames);
    await later(3_600_000);
  }

  if ((await stateOf('op_1')) === 'failed') {
    await ask('op_2');
    await later(3_600_000);
    expect(await stateOf('op_2')).toBe('done');
  } else expect(await stateOf('op_1')).toBe('done');
  expect(rowsWith(world, 'anna').map((row) => row.slice(0, 300))).toEqual([]);
  expect(rowsWith(world, 'bert').length).toBeGreaterThan(10);
  await world.close();
});
