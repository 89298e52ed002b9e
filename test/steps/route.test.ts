import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leadIdOfEmail } from '../../lib/domain/ids.ts';
import { leadStatuses } from '../../lib/domain/status/statuses.ts';
import type { Item, Message, Table } from '../../lib/ports.ts';
import { createRoute } from '../../lib/steps/route.ts';
import { subscriptions } from '../../lib/subscriptions.ts';
import { allOf } from '../../lib/table/items.ts';
import { crm, demoRequest } from '../simulation/lines.ts';
import { openWorld, silent, type World } from '../simulation/world.ts';

const at = (time: string): string => `2026-11-20T${time}.000Z`;
let world: World;
let routed: string[];
beforeEach(async () => {
  routed = [];
  // What reaches the step is kept, so that it can come again.
  world = await openWorld(at('12:00:00'), {
    wrapConsumer: (name, consumer) => (messages) => {
      if (name === 'route') routed.push(...messages.map(({ body }) => body));
      return consumer(messages);
    },
  });
});
afterEach(() => world.close());

const step = () => createRoute({ ...world.embedded, playbook: world.playbook, log: silent });
const messages = (bodies: readonly string[]): Message[] => bodies.map((body, n) => ({ id: `m${n}`, body, attempt: 1 }));
const assignments = () => allOf('assignment', world.items());
const ownerOf = (email: string) => assignments().find(({ leadId }) => leadId === leadIdOfEmail(email))?.owner?.email;
const counts = () => allOf('pool', world.items())[0]?.counts;
const saved = (items: readonly Item[]) => items.filter(({ type }) => ['assignment', 'pool', 'rep'].includes(type));

it('gives leads of different accounts in turn', async () => {
  await world.deliver([demoRequest('a', at('09:00:00'), 'bea@acme.example')]);
  await world.deliver([demoRequest('b', at('09:00:00'), 'cyd@globex.example')]);

  expect([ownerOf('bea@acme.example'), ownerOf('cyd@globex.example')]).toEqual([
    'ada@seller.example',
    'ben@seller.example',
  ]);
  expect(counts()).toEqual({ 'ada@seller.example': 1, 'ben@seller.example': 1 });
});

it('gives all of an account to one, in one batch as in many', async () => {
  await world.deliver(['bea', 'ben', 'bob'].map((name) => demoRequest(name, at('09:00:00'), `${name}@acme.example`)));
  await world.deliver([demoRequest('late', at('10:00:00'), 'late@acme.example')]);

  expect(new Set(assignments().map(({ owner }) => owner?.email)).size).toBe(1);
  expect(counts()).toEqual({ 'ada@seller.example': 1, 'ben@seller.example': 0 });
});

it('gives them to the owner the CRM names, without a turn of the pool', async () => {
  await world.deliver([
    crm('a', at('08:00:00'), {
      object: 'account',
      externalId: 'A',
      domains: ['acme.example'],
      ownerEmail: 'Zoe@seller.example',
    }),
  ]);
  await world.deliver([demoRequest('f', at('09:00:00'), 'bea@acme.example')]);

  expect(ownerOf('bea@acme.example')).toBe('zoe@seller.example');
  expect(counts()).toBeUndefined();
});

describe('an event that comes again', () => {
  it('changes nothing', async () => {
    await world.deliver([demoRequest('f', at('09:00:00'), 'bea@acme.example')]);
    const before = saved(world.items());
    expect(await step()(messages([...routed, ...routed]))).toEqual({ failed: [] });

    expect(saved(world.items())).toEqual(before);
  });

  it('changes nothing although the lead has qualified anew since', async () => {
    const stage = (id: string, time: string, stage: 'nurture') =>
      crm(id, at(time), { object: 'person', externalId: 'p', email: 'bea@acme.example', stage });
    await world.deliver([demoRequest('f', at('09:00:00'), 'bea@acme.example')]);
    await world.deliver([stage('n', '10:00:00', 'nurture')]);
    await world.deliver([demoRequest('g', at('11:00:00'), 'bea@acme.example')]);
    expect(routed.map((body) => JSON.parse(body).type)).toEqual([
      'lead-qualified.v1',
      'lead-status-changed.v1',
      'lead-qualified.v1',
    ]);
    const before = saved(world.items());
    await step()(messages([routed[0]!]));

    expect(saved(world.items())).toEqual(before);
    expect(assignments()[0]?.generation).toBe(JSON.parse(routed[2]!).id);
  });

  it('changes nothing when somebody has followed up meanwhile', async () => {
    await world.send([
      [
        demoRequest('f', at('09:00:00'), 'bea@acme.example'),
        crm('c', at('10:00:00'), {
          object: 'activity',
          externalId: '1',
          personEmail: 'bea@acme.example',
          kind: 'call',
        }),
      ],
    ]);
    await world.runtime.settle();
    expect(allOf('lead-assessment', world.items())[0]?.assessment.status).toBe('Sales Working');
    expect(assignments()).toEqual([]);
  });
});

it('gives nobody a lead that leaves sales while it is being routed', async () => {
  const quiet = await openWorld(at('12:00:00'), {
    wrapConsumer: (name, consumer) =>
      name !== 'route'
        ? consumer
        : async (batch) => {
            routed.push(...batch.map(({ body }) => body));
            return { failed: [] };
          },
  });
  const { table } = quiet.embedded;
  let first = true;
  const racing: Table = {
    ...table,
    transact: async (writes) => {
      if (first) {
        first = false;
        const nurture = { object: 'person', externalId: 'p', email: 'bea@acme.example', stage: 'nurture' } as const;
        await quiet.deliver([crm('n', at('11:00:00'), nurture)]);
      }
      await table.transact(writes);
    },
  };
  await quiet.deliver([demoRequest('f', at('09:00:00'), 'bea@acme.example')]);
  const route = createRoute({ ...quiet.embedded, table: racing, playbook: quiet.playbook, log: silent });
  await route(messages([...routed]));

  expect(first).toBe(false);
  expect(allOf('assignment', quiet.items())).toEqual([]);
  expect(allOf('load', quiet.items())).toEqual([]);
  await quiet.close();
});

it('is fair and loses nobody when fifty are routed at once', async () => {
  const forms = Array.from({ length: 50 }, (_, n) => demoRequest(`f${n}`, at('09:00:00'), `buyer@company${n}.example`));
  const quiet = await openWorld(at('12:00:00'), {
    wrapConsumer: (name, consumer) =>
      name === 'route'
        ? async (batch) => {
            routed.push(...batch.map(({ body }) => body));
            return { failed: [] };
          }
        : consumer,
  });
  await quiet.deliver(forms);
  const each = createRoute({ ...quiet.embedded, playbook: quiet.playbook, log: silent });
  expect(routed).toHaveLength(50);
  const answers = await Promise.all(messages(routed).map((message) => each([message])));

  // Whoever lost too often comes again, as the queue would have it.
  const failed = answers.flatMap(({ failed }) => failed);
  for (const message of messages(routed).filter(({ id }) => failed.includes(id))) await each([message]);
  expect(allOf('assignment', quiet.items())).toHaveLength(50);
  expect(allOf('pool', quiet.items())[0]?.counts).toEqual({ 'ada@seller.example': 25, 'ben@seller.example': 25 });
  await quiet.close();
});

it('hears of every status that leads leave sales for', () => {
  const heard = subscriptions.route.flatMap((one) => ('where' in one && 'to' in one.where ? [one.where] : []));
  const out = leadStatuses.filter((status) => status !== 'Qualified' && status !== 'Sales Working');
  expect(heard).toEqual([
    { from: ['Qualified', 'Sales Working'], to: [...out, 'Moved'] },
    { from: [...out, 'Moved'], to: ['Sales Working'] },
  ]);
});
