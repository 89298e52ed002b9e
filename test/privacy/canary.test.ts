// Personal data stays where it belongs: whatever people send and whatever fails on the way, none of it is in a log line or on the bus.
import { expect, it } from 'vitest';
import { leadIdOfEmail } from '../../lib/domain/ids.ts';
import type { Log } from '../../lib/ports.ts';
import { faultsFrom } from '../simulation/faulty-world.ts';
import { openWorld } from '../simulation/world.ts';
import { emailOf, linesOf } from './person.ts';

const seed = Number(process.env.MUSTER_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`canary: MUSTER_SEED=${seed}`);

it('nothing of a person is logged or published, while everything fails now and then', async () => {
  const said: unknown[] = [];
  const note = (...line: unknown[]): void => void said.push(line);
  const log: Log = { info: note, warn: note, error: note };
  const faults = faultsFrom(seed);
  const published: unknown[] = [];
  const world = await openWorld('2026-11-20T12:00:00.000Z', {
    log,
    ...faults,
    wrapPorts: (ports) => {
      const wrapped = faults.wrapPorts(ports);
      const publish = (events: Parameters<typeof wrapped.bus.publish>[0]) => {
        published.push(...events);
        return wrapped.bus.publish(events);
      };
      return { ...wrapped, bus: { publish } };
    },
  });
  const { queues, clock } = world.embedded;
  const hours = (count: number) => world.runtime.advanceTo(clock.now() + count * 3_600_000);

  await world.send([...linesOf('anna'), ...linesOf('bert')]);
  // Of the last one `JSON.parse` quotes the beginning.
  const broken = [`{"broken": "${emailOf('anna')}`, JSON.stringify([{ email: emailOf('anna') }]), emailOf('anna')];
  await queues.queue('prompt').send(broken);
  await hours(3);
  const asked = { operation: 'erase-person', lead: leadIdOfEmail(emailOf('anna')) };
  const request = { asked, by: emailOf('bert'), why: emailOf('anna'), at: '2026-11-20T15:00:00.000Z' };
  await queues
    .queue('operate')
    .send([JSON.stringify({ type: 'operation-requested.v1', operationId: 'op_1', ...request })]);
  await hours(3);

  expect(said.length).toBeGreaterThan(5);
  expect(published.length).toBeGreaterThan(5);
  expect(JSON.stringify([said, published]).match(/.{80}(?:anna|bert)(?:other)?zz.{40}/gi)).toBeNull();
  await world.close();
});
