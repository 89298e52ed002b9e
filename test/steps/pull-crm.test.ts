// Pulling what a CRM says has changed: all of it, once, however a run ends; and nothing of our own writing.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createPull } from '../../functions/pull-crm.ts';
import { CrmUnavailable, type PulledPage } from '../../lib/crm.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import type { Log } from '../../lib/ports.ts';
import { allOf, membersOf } from '../../lib/table/items.ts';
import { demoRequest } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';
import { createMemoryCrm, type MemoryCrm } from './crm-in-memory.ts';

const at = (time: string): string => `2026-11-20T${time}.000Z`;
const writeBack = { person: { status: 'muster_status', grade: 'muster_grade' }, account: { status: 'muster_status' } };
const connections: Record<string, Connection> = {
  hubspot: { kind: 'hubspot', portalId: 1, writeBack },
  crm: { kind: 'signed' },
};
let world: World;
let crm: MemoryCrm;
let warned: string[];
const log: Log = {
  info: () => undefined,
  warn: (message) => warned.push(message),
  error: (message) => warned.push(message),
};
const crmOf = async () => crm;
beforeEach(async () => {
  crm = createMemoryCrm();
  warned = [];
  world = await openWorld(at('09:00:00'), { log });
});
afterEach(() => world.close());

/** Contacts of HubSpot's as its API lists them. */
const contact = (id: string, updatedAt: string, properties: Record<string, string> = {}) => {
  return {
    id,
    updatedAt,
    archived: false,
    properties: { email: `p${id}@acme.example`, jobtitle: 'Buyer', ...properties },
  };
};
const lists = (people: (since: string, from?: string) => PulledPage) => {
  crm.pages = (object, since, from) => (object === 'person' ? people(since, from) : { records: [] });
};
const queue = () => world.embedded.queues.queue('prompt');
const ports = () => ({
  ...{ table: world.embedded.table, clock: world.embedded.clock, playbook: world.playbook, queue: queue() },
  ...{ log, connections, crmOf },
});
const pull = async () => {
  const pulled = await createPull(ports())();
  await world.runtime.settle();
  return pulled;
};
const askedOf = (object: string) => crm.asked.filter((one) => one.startsWith(object));
const people = () => allOf('lead', world.items()).filter(({ kind }) => kind === 'crm');

it('hears what no webhook brought, and hears it once', async () => {
  lists(() => ({ records: [contact('1', at('08:30:00'))] }));

  expect(await pull()).toEqual({ hubspot: 1 });
  expect(people().map(({ record }) => record)).toEqual([{ source: 'hubspot', externalId: '1' }]);
  expect(await pull()).toEqual({ hubspot: 0 });
});

it('begins a day back, and then where the last pull began, with some minutes over', async () => {
  await pull();
  await world.advanceTo(at('10:00:00'));
  await pull();

  expect(askedOf('account')).toEqual(['account 2026-11-19T09:00:00.000Z', `account ${at('08:50:00')}`]);
});

it('reads page after page, and goes on from there in the next run', async () => {
  lists((_, from = '0') => ({
    records: [contact(from, at('08:30:00'))],
    ...(Number(from) < 59 && { next: String(Number(from) + 1) }),
  }));

  expect(await pull()).toEqual({ hubspot: 50 });
  expect(await pull()).toEqual({ hubspot: 10 });
  expect(askedOf('person')[50]).toBe('person 2026-11-19T09:00:00.000Z 50');
  expect(people()).toHaveLength(60);
});

it('reads a page of each list in turn, so that a long one leaves no other unheard when the run is over', async () => {
  const { clock } = world.embedded;
  let ms = clock.now();
  const slow = { ...clock, now: () => ms };
  crm.pages = (object, _, from = '0') => {
    ms += 60_000;
    return object === 'contract' ? { records: [] } : { records: [], next: String(Number(from) + 1) };
  };
  await createPull({ ...ports(), clock: slow })();

  expect(crm.asked.map((asked) => asked.split(' ')[0])).toEqual(['person', 'account', 'opportunity', 'contract']);
  ms += 3_600_000;
  await createPull({ ...ports(), clock: slow })();
  expect(askedOf('activity')).toHaveLength(1);
});

it('hears once who unsubscribed, not with every later change of the contact; and says what the CRM hides', async () => {
  const unread = { what: 'contact x', why: 'is hidden' };
  const listed = (updatedAt: string, properties: Record<string, string>) =>
    lists(() => ({ records: [contact('1', updatedAt, properties)], unread }));
  const consentOf = () => membersOf(world.items())[0]?.state.consent;

  listed(at('08:30:00'), { hs_email_optout: 'true' });
  await pull();
  await world.deliver([demoRequest('f', at('08:00:00'), 'p1@acme.example', { consent: { marketing: true } })]);
  expect(consentOf()).toEqual({ value: false, at: at('08:30:00'), source: 'hubspot' });
  await world.deliver([demoRequest('g', at('08:40:00'), 'p1@acme.example', { consent: { marketing: true } })]);
  listed(at('08:50:00'), { hs_email_optout: 'true', jobtitle: 'CFO' });
  expect(await pull()).toEqual({ hubspot: 1 });

  expect(consentOf()).toEqual({ value: true, at: at('08:40:00'), source: 'form' });
  expect(warned).toEqual(['unread', 'unread']);
});

it('loses nothing where the queue fails: the cursor stays', async () => {
  lists(() => ({ records: [contact('1', at('08:30:00'))] }));
  const broken = { send: () => Promise.reject(new Error('the queue is away')) };
  await createPull({ ...ports(), queue: broken })();
  expect(warned).toEqual(['a pull failed']);

  expect(await pull()).toEqual({ hubspot: 1 });
  expect(askedOf('person')).toEqual(['person 2026-11-19T09:00:00.000Z', 'person 2026-11-19T09:00:00.000Z']);
});

it('leaves a CRM alone that is away until the next run', async () => {
  lists(() => {
    throw new CrmUnavailable('429', { retryAfterMs: 1_000 });
  });

  expect(await pull()).toEqual({ hubspot: 0 });
  expect(crm.asked).toHaveLength(1);
  expect(allOf('pull', world.items())).toEqual([]);
});

it('begins a pass anew whose place the CRM has forgotten', async () => {
  lists((_, from) => {
    if (from === 'lost') throw new Error('no such place');
    return { records: [contact('1', at('08:30:00'))], next: 'lost' };
  });
  await pull();
  lists(() => ({ records: [contact('2', at('08:30:00'))] }));
  await pull();

  expect(askedOf('person')).toEqual([
    ...['person 2026-11-19T09:00:00.000Z', 'person 2026-11-19T09:00:00.000Z lost', 'person 2026-11-19T09:00:00.000Z'],
  ]);
  expect(people()).toHaveLength(2);
});

it('takes our own writing for nothing: neither facts nor judgement change, and nothing is written again', async () => {
  await world.close();
  world = await openWorld(at('09:00:00'), { log, crms: { connections, crmOf } });
  lists(() => ({ records: [contact('1', at('08:30:00'), { hs_lead_status: 'NEW' })] }));
  await pull();
  await world.deliver([demoRequest('f', at('09:00:00'), 'p1@acme.example', { profile: { jobTitle: 'Head of IT' } })]);
  expect(crm.values.get('1')).toMatchObject({ status: 'Qualified' });
  await world.advanceTo(at('09:30:00'));
  const before = world.items().filter(({ type }) => type !== 'pull');
  const calls = crm.calls.length;
  // Written, the contact is one that changed; with what was written, and with all else it had.
  lists(() => ({ records: [contact('1', at('09:00:01'), { hs_lead_status: 'NEW', muster_status: 'Qualified' })] }));

  expect(await pull()).toEqual({ hubspot: 0 });
  expect(world.items().filter(({ type }) => type !== 'pull')).toEqual(before);
  expect(crm.calls).toHaveLength(calls);
});

it('asks no CRM of a connection without an API, or without credentials', async () => {
  const asked: string[] = [];
  const none = async (source: string) => {
    asked.push(source);
    return undefined;
  };

  expect(await createPull({ ...ports(), crmOf: none })()).toEqual({ hubspot: 0 });
  expect(asked).toEqual(['hubspot']);
});
