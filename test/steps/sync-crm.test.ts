// What a CRM is told of its records: the state as it stands, once, in batches, whatever the CRM answers.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CrmChange } from '../../events/crm-change-captured.v1.ts';
import { CrmUnavailable, type CrmUpdate } from '../../lib/crm.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { accountIdOfCrm, leadIdOfCrmPerson, leadIdOfEmail } from '../../lib/domain/ids.ts';
import type { Log } from '../../lib/ports.ts';
import { createSyncCrm } from '../../lib/steps/sync-crm/sync-crm.ts';
import { allOf } from '../../lib/table/items.ts';
import { demoRequest, crm as line } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';
import { createMemoryCrm, type MemoryCrm } from './crm-in-memory.ts';

const at = (time: string): string => `2026-11-20T${time}.000Z`;
const writeBack = {
  person: { status: 'muster_status', reason: 'muster_reason', grade: 'muster_grade', score: 'muster_score' },
  account: { status: 'muster_status', id: 'muster_id' },
};
const connections: Record<string, Connection> = {
  hubspot: { kind: 'hubspot', portalId: 1, writeBack },
  quiet: { kind: 'hubspot', portalId: 2 },
  crm: { kind: 'signed' },
};
let world: World;
let crm: MemoryCrm;
let hasCredentials: boolean;
let warned: (Record<string, unknown> | undefined)[];
const log: Log = {
  info: () => undefined,
  warn: (message, fields) => warned.push({ message, ...fields }),
  error: (message, fields) => warned.push({ message, ...fields }),
};
const crmOf = async (source: string) => {
  expect(source).toBe('hubspot');
  return hasCredentials ? crm : undefined;
};
const open = async () => {
  crm = createMemoryCrm();
  hasCredentials = true;
  warned = [];
  world = await openWorld(at('09:00:00'), { log, crms: { connections, crmOf } });
};
beforeEach(() => open());
afterEach(() => world.close());

let lines = 0;
const said = (change: CrmChange, time = at('08:00:00'), source = 'hubspot') => {
  lines += 1;
  return line(`l${lines}`, time, change, source);
};
const bea = { object: 'person', externalId: '501', email: 'bea@acme.example' } as const;
const acme: CrmChange = { object: 'account', externalId: '9', name: 'Acme', domains: ['acme.example'] };
const asks = (id = 'f', time = at('09:00:00'), email = 'bea@acme.example') =>
  demoRequest(id, time, email, { profile: { jobTitle: 'Head of IT' } });
const told = (id: string) => crm.values.get(id);
const syncs = () => allOf('sync', world.items());
const messages = () => warned.map((one) => one?.message);
/** The events that ask for it, in the order they were published. */
const asked = (leadId: string | undefined, accountId: string, id = 'e', attempt = 1) => ({
  ...{ id, attempt },
  body: JSON.stringify({ type: 'judgement-changed.v1', id, at: at('09:00:00'), accountId, ...(leadId && { leadId }) }),
});
const ports = () => ({
  ...{ table: world.embedded.table, clock: world.embedded.clock, playbook: world.playbook },
  ...{ log, connections, crmOf },
});
const person = leadIdOfEmail('bea@acme.example');
const account = accountIdOfCrm('hubspot', '9');

it('tells the person’s record and the account’s what was judged, in the properties they have', async () => {
  await world.deliver([said(bea), said(acme), asks()]);

  expect(told('501')).toEqual({
    ...{ status: 'Qualified', grade: 'A1', score: 60, reason: expect.stringContaining('Asked for a demo') },
  });
  expect(told('9')).toEqual({ status: 'Qualified', id: account });
});

it('tells a record that the CRM makes after the judgement', async () => {
  await world.deliver([asks()]);
  expect(crm.calls).toEqual([]);
  await world.deliver([said(bea, at('08:30:00'))]);

  expect(told('501')).toMatchObject({ status: 'Qualified' });
});

it('tells each further record of a person', async () => {
  await world.deliver([said(bea), asks()]);
  await world.deliver([said({ ...bea, externalId: '502' }, at('08:30:00'))]);

  expect(told('502')).toEqual(told('501'));
});

it('tells of what sales set for good', async () => {
  await world.deliver([said({ ...bea, stage: 'disqualified' })]);

  expect(told('501')).toMatchObject({ status: 'Disqualified' });
});

it('writes nothing again while status and grade stand, whatever the score does and however often it is asked', async () => {
  await world.deliver([said(bea), said(acme), asks()]);
  const calls = crm.calls.length;
  await world.deliver([
    demoRequest('n', at('09:00:00'), 'bea@acme.example', { form: { id: 'newsletter', answers: {} } }),
  ]);
  const { failed } = await createSyncCrm(ports())([asked(person, account), asked(undefined, account, 'e2')]);

  expect(failed).toEqual([]);
  expect(allOf('lead-assessment', world.items())[0]!.assessment.score).toBe(65);
  expect(crm.calls).toHaveLength(calls);
});

it('tells the connections that are to be told, and no other', async () => {
  await world.deliver([
    said(bea, at('08:00:00'), 'quiet'),
    said({ ...bea, externalId: '77' }, at('08:00:00'), 'crm'),
    asks(),
  ]);

  expect(crm.calls).toEqual([]);
  expect(syncs()).toEqual([]);
});

it('tells the records that are left of those merged and deleted', async () => {
  const old = { object: 'person', externalId: '500', email: 'bea@acme.example' } as const;
  await world.deliver([said(bea), said(old), said({ ...old, mergedInto: '501' }, at('08:10:00'))]);
  await world.deliver([said({ object: 'account', externalId: '9', deleted: true })]);
  crm.values.clear();
  await world.deliver([asks()]);

  expect([...crm.values.keys()]).toEqual(['501']);
});

it('asks for at most 100 records at once', async () => {
  const people = Array.from({ length: 150 }, (_, n) => ({
    ...{ object: 'person' as const, externalId: `p${n}`, email: `p${n}@acme.example` },
  }));
  await world.deliver(people.map((change) => said(change)));

  expect(Math.max(...crm.calls.map((call) => call.length))).toBeLessThanOrEqual(100);
  expect(crm.calls.length).toBeLessThan(10);
  expect(crm.values.size).toBe(150);
});

it('tells nothing again that the CRM refused or no longer has, says so once, and tries the next', async () => {
  crm.answer = ({ object }) =>
    object === 'person' ? { outcome: 'refused', why: 'muster_grade' } : { outcome: 'gone' };
  await world.deliver([said(bea), said(acme), asks()]);
  const calls = crm.calls.length;
  await createSyncCrm(ports())([asked(person, account), asked(undefined, account, 'e2')]);

  expect(crm.calls).toHaveLength(calls);
  expect(warned.filter((one) => one?.outcome)).toContainEqual({
    ...{ message: 'the CRM did not take what was judged', source: 'hubspot', why: 'muster_grade' },
    ...{ recordId: leadIdOfCrmPerson('hubspot', '501'), outcome: 'refused' },
  });
  crm.answer = () => ({ outcome: 'written' });
  await world.deliver([said({ ...bea, stage: 'disqualified' }, at('08:30:00'))]);
  expect(told('501')).toMatchObject({ status: 'Disqualified' });
});

it('tries once a day what the CRM refused, for whom it is by then, until it is mended', async () => {
  crm.answer = () => ({ outcome: 'refused', why: 'muster_status: there is no such property' });
  await world.deliver([said(bea), said(acme), asks()]);
  // She is with another account from then on.
  await world.deliver([
    said({ object: 'account', externalId: '10', name: 'Bigco', domains: ['bigco.example'] }),
    said({ ...bea, accountExternalId: '10' }, at('08:40:00')),
  ]);
  const updated = () => crm.calls.flatMap((updates) => updates.map(({ externalId }) => externalId)).sort();
  crm.calls = [];
  await world.advanceTo('2026-11-21T08:59:00.000Z');
  expect(updated()).toEqual([]);
  await world.advanceTo('2026-11-21T15:10:00.000Z');
  expect(updated()).toEqual(['10', '501', '9']);
  crm.answer = () => ({ outcome: 'written' });
  await world.advanceTo('2026-11-22T21:20:00.000Z');
  expect(told('501')).toMatchObject({ status: 'Qualified' });
  expect(told('9')).toMatchObject({ id: account });

  crm.calls = [];
  await world.advanceTo('2026-11-25T09:00:00.000Z');
  expect(updated()).toEqual([]);
});

it('tells it when a CRM is back that was away for seconds', async () => {
  let away = 2;
  crm.before = () => {
    away -= 1;
    if (away >= 0) throw new CrmUnavailable('503', { retryAfterMs: 1_000 });
  };
  await world.deliver([said(bea)]);
  expect(told('501')).toBeUndefined();
  await world.advanceTo(at('09:01:00'));

  expect(told('501')).toMatchObject({ status: 'Pre-Qualified' });
  expect(world.embedded.queues.depth('sync-crm')).toEqual({ waiting: 0, dead: 0 });
});

it('tells nothing again that a CRM took before it was away, and the rest once it is back', async () => {
  let isAway = true;
  const people = Array.from({ length: 5 }, (_, n) => {
    return { object: 'person' as const, externalId: `p${n}`, email: `p${n}@acme.example` };
  });
  crm.answer = ({ externalId }) =>
    isAway && externalId > 'p1' ? { outcome: 'later', error: new CrmUnavailable('503') } : { outcome: 'written' };
  await world.deliver([people.map((change) => said(change))]);
  expect([...crm.values.keys()].sort()).toEqual(['p0', 'p1']);
  isAway = false;
  crm.calls = [];
  await world.advanceTo(at('09:01:00'));

  expect(new Set(crm.calls.flat().map(({ externalId }) => externalId))).toEqual(new Set(['p2', 'p3', 'p4']));
  expect(crm.calls.flat()).toHaveLength(3);
  expect(world.embedded.queues.depth('sync-crm')).toEqual({ waiting: 0, dead: 0 });
});

it('leaves a CRM alone for as long as it asks, loses nothing by it, and tells what is so by then', async () => {
  crm.before = () => {
    throw new CrmUnavailable('429', { retryAfterMs: 2 * 3_600_000 });
  };
  await world.deliver([said(bea)]);
  expect(crm.calls).toHaveLength(1);
  await world.deliver([asks()]);
  expect(crm.calls).toHaveLength(1);
  crm.before = () => undefined;
  await world.advanceTo(at('10:59:00'));
  expect(crm.calls).toHaveLength(1);
  await world.advanceTo(at('11:06:00'));

  expect(told('501')).toMatchObject({ status: 'Qualified' });
  expect(world.embedded.queues.depth('sync-crm')).toEqual({ waiting: 0, dead: 0 });
});

it('waits where a CRM is away for long, without a message dying', async () => {
  crm.before = () => {
    throw new CrmUnavailable('away');
  };
  await world.deliver([said(bea)]);
  await world.advanceTo(at('12:00:00'));
  expect(crm.calls.length).toBeLessThan(50);
  crm.before = () => undefined;
  await world.advanceTo(at('12:30:00'));

  expect(told('501')).toMatchObject({ status: 'Pre-Qualified' });
  expect(world.embedded.queues.depth('sync-crm')).toEqual({ waiting: 0, dead: 0 });
  expect(messages()).not.toContain('sync-stopped');
});

it('waits for credentials', async () => {
  hasCredentials = false;
  await world.deliver([said(bea)]);
  expect(messages()).toContain('the CRM could not be told');
  hasCredentials = true;
  await world.advanceTo(at('10:06:00'));

  expect(told('501')).toMatchObject({ status: 'Pre-Qualified' });
});

it('stops what goes in circles, says so once, and tells the state once it is calm', async () => {
  // Something in the CRM answers each writing with the opposite stage: the lead is disqualified and taken back, ever again.
  const stage = (n: number) => (n % 2 === 0 ? ('disqualified' as const) : ('open' as const));
  await world.deliver([said(bea)]);
  for (let n = 0; n < 30; n += 1) {
    const minute = at(`09:${String(n + 1).padStart(2, '0')}:00`);
    await world.advanceTo(minute);
    await world.deliver([said({ ...bea, stage: stage(n) }, minute)]);
  }
  expect(crm.calls).toHaveLength(12);
  expect(messages().filter((message) => message === 'sync-stopped')).toHaveLength(1);
  await world.advanceTo(at('10:25:00'));
  expect(crm.calls).toHaveLength(12);
  await world.advanceTo(at('11:36:00'));

  expect(allOf('lead-assessment', world.items())[0]!.assessment.status).toBe('Pre-Qualified');
  expect(told('501')).toMatchObject({ status: 'Pre-Qualified' });
});

it('tells people once where accounts may not be written, also who came to another account while they waited', async () => {
  const has = (updates: readonly CrmUpdate[], wanted: CrmUpdate['object']) =>
    updates.some(({ object }) => object === wanted);
  let isAway = true;
  crm.before = (updates) => {
    if (isAway || has(updates, 'account')) throw new CrmUnavailable('403', { retryAfterMs: 3_600_000 });
  };
  await world.deliver([said(bea), said(acme), asks()]);
  isAway = false;
  crm.calls = [];
  for (const hour of ['10:06:00', '11:12:00', '12:18:00', '13:24:00']) await world.advanceTo(at(hour));

  expect(crm.calls.filter((updates) => has(updates, 'person'))).toHaveLength(1);
  expect(crm.calls.filter((updates) => has(updates, 'account')).length).toBeGreaterThan(2);
});
