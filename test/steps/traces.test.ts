// Whose work everything is: two forms in one batch, and what each brought about, to the last mail of its clock.

import { afterEach, expect, it } from 'vitest';
import { createLog } from '../../lib/adapters/embedded/log.ts';
import { systemClock } from '../../lib/adapters/system-clock.ts';
import { allOf } from '../../lib/table/items.ts';
import { within } from '../../lib/trace.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { demoRequest } from '../simulation/lines.ts';
import { redriven } from '../simulation/redrive.ts';
import { openWorld, type World } from '../simulation/world.ts';

const at = '2026-11-20T09:00:00.000Z';
const traces = {
  'ann@acme.example': '1-691ee0d0-aaaaaaaaaaaaaaaaaaaaaaaa',
  'bob@brick.example': '1-691ee0d0-bbbbbbbbbbbbbbbbbbbbbbbb',
} as const;
const people = Object.entries(traces);

let world: World;
afterEach(() => world.close());

const logged: { step?: string; message: string; traceId?: string; traceIds?: string[] }[] = [];
const open = async () => {
  logged.length = 0;
  const log = createLog(systemClock, (line) => logged.push(JSON.parse(line)));
  world = await openWorld(at, { log, playbook: testPlaybook() });
};
/** Into one batch, each by the request of another. */
const sendBoth = async () => {
  for (const [email, traceId] of people) await within(traceId, () => world.send([demoRequest(email, at, email)]));
};
const mails = () => world.embedded.mailer.outbox();
const mailsAbout = (email: string) => mails().filter(({ text }) => text.includes(email));
const stepsOf = (traceId: string) =>
  new Set(
    logged.flatMap(({ step, ...line }) => (line.traceId === traceId || line.traceIds?.includes(traceId) ? [step] : [])),
  );

it('keeps two forms of one batch apart, through every step and the mails of their clocks', async () => {
  await open();
  await sendBoth();
  await world.advanceTo('2026-11-24T09:00:00.000Z');

  for (const [email, traceId] of people) {
    const own = mailsAbout(email);
    expect(own.length).toBeGreaterThan(1);
    expect(own.map(({ traceIds }) => traceIds)).toEqual(own.map(() => [traceId]));
    expect([...stepsOf(traceId)]).toEqual(expect.arrayContaining(['prompt', 'assess', 'route', 'sla', 'notify']));
  }
  const told = allOf('notice', world.items());
  expect(new Set(told.map(({ traceId }) => traceId))).toEqual(new Set(Object.values(traces)));
  expect(allOf('sla', world.items()).map(({ traceId }) => traceId)).toHaveLength(2);
});

it('goes with a message that died and is sent again', async () => {
  await open();
  const [[email, traceId]] = people as [[string, string]];
  await within(traceId, () => world.embedded.queues.queue('prompt').send([`not ${email}`]));
  await world.advanceTo('2026-11-20T09:05:00.000Z');
  expect(world.embedded.queues.depth('prompt')).toEqual({ waiting: 0, dead: 1 });
  await redriven(world.embedded, 'prompt');
  expect(world.embedded.queues.receive('prompt', 1)).toMatchObject([{ attempt: 1, traceId }]);
  const refused = logged.filter(({ message }) => message === 'message refused');
  expect(new Set(refused.map((line) => line.traceId))).toEqual(new Set([traceId]));
});

it('is no part of what is known', async () => {
  await open();
  await sendBoth();
  await world.runtime.settle();
  const known = world
    .items()
    .filter(({ type }) => ['lead', 'account', 'member', 'trail', 'lead-assessment'].includes(type));
  expect(known.length).toBeGreaterThan(4);
  for (const { outbox: _, ...item } of known) expect(JSON.stringify(item)).not.toContain('1-691ee0d0');
});

it('counts what the batch came to', async () => {
  await open();
  await sendBoth();
  await world.runtime.settle();
  const { metrics } = world.embedded.meter.readings();
  expect(metrics.Folded).toMatchObject({ total: 2, unit: 'Count' });
  expect(metrics.LeadQualified?.total).toBe(2);
  expect(metrics.LeadRouted?.total).toBe(2);
  expect(metrics.NoticesSent?.total).toBe(mails().length);
  expect(metrics.FoldLagSeconds).toMatchObject({ last: 0 });
  expect(metrics.Quarantined).toBeUndefined();
});
