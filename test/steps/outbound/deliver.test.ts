// Those outside are told on the embedded adapters: each of them once of each event, and again where they did not answer.
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Destination, Destinations } from '../../../lib/domain/destinations.ts';
import type { Post, Posted } from '../../../lib/ports.ts';
import { allOf } from '../../../lib/table/items.ts';
import { crm, demoRequest } from '../../simulation/lines.ts';
import { openWorld, type World } from '../../simulation/world.ts';

const at = (time: string): string => `2026-11-20T${time}.000Z`;
const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const webhook = (url: string): Destination & { kind: 'webhook' } => ({
  kind: 'webhook',
  url,
  events: ['lead-qualified.v1'],
});
const warehouse = webhook('https://warehouse.example/in');
const partner = webhook('https://partner.example/in');

let world: World;
let posts: Post[];
afterEach(() => world.close());

interface Given {
  destinations?: Destinations;
  secrets?: Record<string, Record<string, string>>;
  /** What the receiver answers to its n-th call. */
  answer?: (url: string, call: number) => Posted;
}
const open = async ({ destinations = { warehouse }, secrets = { warehouse: { secret } }, answer }: Given = {}) => {
  posts = [];
  const calls = new Map<string, number>();
  world = await openWorld(at('09:00:00'), {
    secrets: { destinations: secrets },
    outside: {
      destinations,
      poster: {
        post: async (post) => {
          posts.push(post);
          const call = (calls.get(post.url) ?? 0) + 1;
          calls.set(post.url, call);
          return answer?.(post.url, call) ?? { status: 204 };
        },
      },
    },
  });
};
const ask = (id = 'f') => world.deliver([demoRequest(id, at('09:00:00'), 'bea@acme.example')]);
const deliveries = () => allOf('delivery', world.items());
const to = (url: string) => posts.filter((post) => post.url === url);
const body = z.object({
  type: z.string(),
  timestamp: z.iso.datetime(),
  data: z.object({ grade: z.string(), lead: z.looseObject({}), account: z.looseObject({}) }),
});

describe('a destination that answers', () => {
  it('is told what happened, of whom and why, signed with its own secret', async () => {
    await open();
    await ask();

    expect(posts).toHaveLength(1);
    const [post] = posts as [Post];
    const [event] = deliveries().map(({ event }) => event);
    expect(post).toMatchObject({ url: warehouse.url, signed: { id: event!.id, secrets: [secret] } });
    const told = body.parse(JSON.parse(post.body));
    expect(told).toMatchObject({ type: 'lead-qualified.v1', timestamp: at('09:00:00') });
    expect(told.data.lead).toMatchObject({ email: 'bea@acme.example', status: 'Qualified', grade: told.data.grade });
    expect(told.data.lead.reason).toMatch(/demo/i);
    expect(told.data.account).toMatchObject({ status: 'Qualified', domain: 'acme.example' });
    expect(deliveries()).toMatchObject([{ outcome: 'delivered', status: 204, tries: 1 }]);
  });

  it('is told once, however often the event comes', async () => {
    await open();
    await ask();
    const [event] = deliveries().map(({ event }) => event);
    await world.embedded.queues.queue('outbound').send([JSON.stringify(event), JSON.stringify(event)]);
    await world.runtime.settle();

    expect(posts).toHaveLength(1);
  });

  it('is told only what its list names', async () => {
    await open({ destinations: { warehouse: { ...warehouse, events: ['account-surged.v1'] } } });
    await ask();

    expect(posts).toEqual([]);
    expect(world.embedded.queues.depth('outbound')).toMatchObject({ waiting: 0, dead: 0 });
  });

  it('is signed by both secrets while one is changed for the other', async () => {
    const old = `whsec_${Buffer.alloc(24, 8).toString('base64')}`;
    await open({ secrets: { warehouse: { secret, previousSecret: old } } });
    await ask();

    expect(posts[0]!.signed!.secrets).toEqual([secret, old]);
  });
});

describe('somebody who asked by Global Privacy Control that nothing of theirs be sold or shared', () => {
  const shares = { ...partner, events: [...partner.events, 'account-status-changed.v1'] as const, shares: true };
  const both = {
    destinations: { warehouse, partner: { ...shares, events: [...shares.events] } },
    secrets: { warehouse: { secret }, partner: { secret } },
  };
  const told = (url: string) => to(url).map((post) => body.pick({ type: true }).parse(JSON.parse(post.body)));
  const form = (id: string, given = {}) => ({ ...demoRequest(id, at('09:00:00'), 'bea@acme.example'), ...given });

  it('is told of with that mark, and not where it would be shared', async () => {
    await open(both);
    await world.deliver([form('f', { optOut: 'gpc', consent: { marketing: true } })]);

    expect(JSON.parse(to(warehouse.url)[0]!.body).data.lead.consent).toEqual({ marketing: true, sharing: false });
    expect(told(partner.url).map(({ type }) => type)).toEqual(['account-status-changed.v1']);
    expect(JSON.stringify(to(partner.url))).not.toMatch(/bea/i);
    expect(deliveries().map(({ destination, outcome }) => [destination, outcome])).toContainEqual([
      ...['partner', 'withheld'],
    ]);
  });

  it('keeps it so when another browser of theirs does not ask', async () => {
    await open(both);
    await world.deliver([form('f', { optOut: 'gpc' }), form('g', { occurredAt: at('09:00:30') })]);

    expect(told(partner.url).map(({ type }) => type)).not.toContain('lead-qualified.v1');
  });

  it('is shared where nobody asked', async () => {
    await open(both);
    await world.deliver([form('f')]);

    expect(told(partner.url).map(({ type }) => type)).toContain('lead-qualified.v1');
    expect(
      JSON.parse(to(partner.url).find(({ body }) => body.includes('lead-qualified'))!.body).data.lead.consent,
    ).toEqual({});
  });
});

it('is told that somebody withdrew who unsubscribed at the CRM, which is about mail and not about sharing', async () => {
  await open();
  const said = { object: 'person', externalId: '1', email: 'bea@acme.example', unsubscribed: true } as const;
  await world.deliver([crm('u', at('08:59:00'), said)]);
  await world.deliver([demoRequest('f', at('08:58:00'), 'bea@acme.example', { consent: { marketing: true } })]);

  expect(JSON.parse(to(warehouse.url).at(-1)!.body).data.lead.consent).toEqual({ marketing: false });
});

describe('a destination that does not answer', () => {
  it('is tried again after 5 s, 5 and 30 minutes, until it does, and holds up no other', async () => {
    await open({
      destinations: { warehouse, partner },
      secrets: { warehouse: { secret }, partner: { secret } },
      answer: (url, call) => (url === warehouse.url && call < 4 ? { status: 503 } : { status: 200 }),
    });
    await ask();
    expect([to(warehouse.url).length, to(partner.url).length]).toEqual([1, 1]);
    // Also of one that is named no more before it answers nothing is kept for ever.
    expect(deliveries().map(({ ttl }) => ttl)).toEqual(Array(2).fill(Date.parse(at('09:00:00')) / 1_000 + 30 * 86_400));

    await world.advanceTo(at('09:00:04'));
    expect(to(warehouse.url)).toHaveLength(1);
    await world.advanceTo(at('09:00:05'));
    expect(to(warehouse.url)).toHaveLength(2);
    await world.advanceTo(at('09:05:05'));
    expect(to(warehouse.url)).toHaveLength(3);
    await world.advanceTo(at('09:35:05'));
    expect(to(warehouse.url)).toHaveLength(4);
    await world.advanceTo(at('23:59:59'));
    expect([to(warehouse.url).length, to(partner.url).length]).toEqual([4, 1]);
    expect(new Set(to(warehouse.url).map(({ signed }) => signed!.id)).size).toBe(1);
    expect(world.embedded.queues.depth('outbound')).toMatchObject({ waiting: 0, dead: 0 });
  });

  it('waits for the next try where the event merely comes again', async () => {
    await open({ answer: () => ({ failed: 'it could not be reached' }) });
    await ask();
    const [event] = deliveries().map(({ event }) => event);
    await world.embedded.queues.queue('outbound').send([JSON.stringify(event)]);
    await world.runtime.settle();

    expect(posts).toHaveLength(1);
    expect(deliveries()).toMatchObject([{ tries: 1, again: at('09:00:05') }]);
  });

  it('is left alone as long as it asks to be', async () => {
    await open({ answer: (_, call) => (call === 1 ? { status: 429, retryAfterMs: 3_600_000 } : { status: 200 }) });
    await ask();
    await world.advanceTo(at('09:59:59'));
    expect(posts).toHaveLength(1);
    await world.advanceTo(at('10:00:00'));
    expect(posts).toHaveLength(2);
  });

  it('is given up after eight tries, a day and a half', async () => {
    await open({ answer: () => ({ status: 500 }) });
    await ask();
    await world.advanceTo('2026-11-25T00:00:00.000Z');

    expect(posts).toHaveLength(8);
    expect(deliveries()).toMatchObject([{ outcome: 'given-up', status: 500, tries: 8 }]);
  });

  it('is told no more of it once it says that it is gone', async () => {
    await open({ answer: () => ({ status: 410 }) });
    await ask();
    await world.advanceTo('2026-11-25T00:00:00.000Z');

    expect(posts).toHaveLength(1);
    expect(deliveries()).toMatchObject([{ outcome: 'unwanted' }]);
  });
});

it.each([
  ['no secret', {}],
  ['a secret that anybody could guess', { warehouse: { secret: 'whsec_c2hvcnQ=' } }],
])('a destination with %s is posted nothing, until it has one', async (_, secrets: Record<
  string,
  Record<string, string>
>) => {
  await open({ secrets });
  await ask();

  expect(posts).toEqual([]);
  expect(deliveries()).toMatchObject([{ tries: 1, again: at('09:00:05') }]);
});

it('costs a tenant nothing that has nobody told', async () => {
  await open({ destinations: {} });
  await ask();

  expect(world.embedded.queues.depth('outbound')).toMatchObject({ waiting: 0, dead: 0 });
});
