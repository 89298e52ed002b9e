// What somebody asks a CRM to do: done once, kept with who and why, waited for where the CRM is away, and never after a day.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type CrmOutcome, CrmUnavailable } from '../../lib/crm.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { type CrmRequest, crmRequest } from '../../lib/domain/crm-request.ts';
import type { Log } from '../../lib/ports.ts';
import { readCrmRequest } from '../../lib/sources/crm-request.ts';
import { readCrmRequest as readAsked } from '../../lib/steps/read-crm-request.ts';
import { createHeldRequestSweep } from '../../lib/steps/sweep/held-requests.ts';
import { createToCrm } from '../../lib/steps/sync-crm/to-crm.ts';
import { openWorld, type World } from '../simulation/world.ts';
import { createMemoryCrm, type MemoryCrm } from './crm-in-memory.ts';

const nine = Date.parse('2026-11-20T09:00:00.000Z');
const minutes = 60_000;
const connections: Record<string, Connection> = {
  hubspot: { kind: 'hubspot', portalId: 1 },
  salesforce: { kind: 'salesforce', organisationId: '00D5e0000000001EAA', apiUrl: 'https://acme.my.salesforce.com' },
};
const merge = { call: 'merge', object: 'person', into: '501', from: '502' };
const [lead, contact, account] = ['00Q5e00000000AAEAY', '0035e00000000AAEAY', '0015e00000000AAEAY'];
const said = { by: 'ops@seller.example', why: 'Said on the phone.' };

let world: World;
let crm: MemoryCrm;
let hasCredentials: boolean;
const warned: string[] = [];
const log: Log = {
  info: () => undefined,
  warn: (message, fields) => warned.push(`${message} ${JSON.stringify(fields)}`),
  error: (message, fields) => warned.push(`${message} ${JSON.stringify(fields)}`),
};
const crmOf = async () => (hasCredentials ? crm : undefined);
beforeEach(async () => {
  warned.length = 0;
  hasCredentials = true;
  crm = createMemoryCrm();
  crm.merge = vi.fn(async () => ({ outcome: 'written' as const }));
  crm.convert = vi.fn(async () => ({ outcome: 'written' as const, contact, account }));
  world = await openWorld('2026-11-20T09:00:00.000Z', { log, crms: { connections, crmOf } });
});
afterEach(() => world.close());

const requestOf = (document: object, now = nine): CrmRequest => {
  const reading = readCrmRequest({ document: { connection: 'hubspot', ...said, ...document }, connections, now });
  if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
  return crmRequest.parse(reading.request);
};
const ask = async (document: object): Promise<string> => {
  const request = requestOf(document, world.embedded.clock.now());
  await world.embedded.queues.queue('sync-crm').send([JSON.stringify(request)]);
  await world.runtime.settle();
  return request.requestId;
};
const became = (id: string) => readAsked(world.embedded.table, id);
const after = (milliseconds: number) => world.advanceTo(new Date(nine + milliseconds).toISOString());
const dead = () => world.embedded.queues.depth('sync-crm').dead;

it('has the CRM merge two records, once however often it is asked, and keeps who asked and why', async () => {
  const id = await ask(merge);
  await after(minutes);
  expect(await ask({ ...merge, by: 'other@seller.example' })).toBe(id);

  expect(crm.merge).toHaveBeenCalledExactlyOnceWith('person', '501', '502');
  expect(await became(id)).toEqual({
    ...{ id, connection: 'hubspot', wants: merge, ...said, at: '2026-11-20T09:00:00.000Z' },
    ...{ state: 'written', since: '2026-11-20T09:00:00.000Z', tries: 1, before: [] },
  });
  expect(warned).toEqual([]);
});

it('converts a lead, and says which contact and account that gave', async () => {
  const id = await ask({ connection: 'salesforce', call: 'convert', lead: lead.slice(0, 15), account });

  expect(crm.convert).toHaveBeenCalledExactlyOnceWith(lead, account);
  expect(await became(id)).toMatchObject({ state: 'written', gave: { contact, account } });
});

it('tells what the CRM refuses or no longer has, asks it no more, and again once somebody does', async () => {
  crm.merge = vi.fn(async () => ({ outcome: 'refused' as const, why: 'merge: not taken (400)' }));
  const id = await ask(merge);
  const message = { id: 'm1', attempt: 2, body: JSON.stringify(requestOf(merge)) };
  const ports = { ...world.embedded, playbook: world.playbook, log, connections, crmOf };
  expect(await createToCrm(ports)([message])).toEqual({ failed: [] });
  expect(crm.merge).toHaveBeenCalledOnce();
  expect(await became(id)).toMatchObject({ state: 'refused', detail: 'merge: not taken (400)' });

  await after(10 * minutes);
  crm.merge = vi.fn(async () => ({ outcome: 'gone' as const }));
  await ask({ ...merge, by: 'dan@seller.example' });
  expect(await became(id)).toMatchObject({
    ...{ state: 'gone', detail: expect.stringContaining('may be deleted'), by: 'dan@seller.example', tries: 1 },
    before: [{ ...said, askedAt: '2026-11-20T09:00:00.000Z', state: 'refused', detail: 'merge: not taken (400)' }],
  });
});

it('comes again by the queue where the CRM is away for a moment', async () => {
  let calls = 0;
  crm.merge = async () => {
    calls += 1;
    if (calls < 3) throw new CrmUnavailable('HubSpot: POST /merge was answered 503');
    return { outcome: 'written' };
  };
  const id = await ask(merge);
  expect(await became(id)).toMatchObject({ state: 'waiting', detail: 'HubSpot: POST /merge was answered 503' });
  await after(10_000);

  expect(await became(id)).toMatchObject({ state: 'written', tries: 3 });
});

it('waits for a CRM that is away for longer, as long as it says, and no message dies', async () => {
  crm.merge = vi.fn(async () => Promise.reject(new CrmUnavailable('limited', { retryAfterMs: 40 * minutes })));
  const id = await ask(merge);
  await after(39 * minutes);
  expect(crm.merge).toHaveBeenCalledOnce();
  crm.merge = vi.fn(async () => ({ outcome: 'written' as const }));
  await after(46 * minutes);

  expect(crm.merge).toHaveBeenCalledOnce();
  expect(await became(id)).toMatchObject({ state: 'written' });
  expect(dead()).toBe(0);
});

it('waits in its list for a CRM that does not say how long it is away, and no message dies', async () => {
  crm.merge = vi.fn(async () => Promise.reject(new CrmUnavailable('was answered 500')));
  const id = await ask(merge);
  await after(60 * minutes);
  expect(dead()).toBe(0);
  expect(vi.mocked(crm.merge).mock.calls.length).toBeLessThan(16);
  crm.merge = vi.fn(async () => ({ outcome: 'written' as const }));
  await after(90 * minutes);

  expect(await became(id)).toMatchObject({ state: 'written' });
});

it('is carried out when the sweep says so, though the sweep’s clock is ahead', async () => {
  crm.merge = vi.fn(async () => Promise.reject(new CrmUnavailable('limited', { retryAfterMs: 2 * minutes })));
  const id = await ask(merge);
  crm.merge = vi.fn(async () => ({ outcome: 'written' as const }));
  const ahead = { now: () => nine + 20 * minutes };
  expect(await createHeldRequestSweep({ table: world.embedded.table, clock: ahead, log })()).toBe(1);
  await world.runtime.settle();

  expect(await became(id)).toMatchObject({ state: 'written' });
});

it('waits for credentials, and says so', async () => {
  hasCredentials = false;
  const id = await ask(merge);
  expect(await became(id)).toMatchObject({ state: 'waiting', detail: 'the connection has no credentials', tries: 0 });
  hasCredentials = true;
  await after(25 * minutes);

  expect(await became(id)).toMatchObject({ state: 'written', tries: 1 });
});

it('says what a CRM says of a second try may be what the first one did, which was not answered', async () => {
  crm.merge = vi
    .fn()
    .mockRejectedValueOnce(new CrmUnavailable('was not answered'))
    .mockResolvedValueOnce({ outcome: 'gone' });
  const id = await ask(merge);
  await after(10_000);

  expect(await became(id)).toMatchObject({ state: 'gone', detail: expect.stringContaining('may have done it') });
});

it('does nothing that was asked for a day ago: it cannot be undone', async () => {
  crm.merge = vi.fn(async () => Promise.reject(new CrmUnavailable('away', { retryAfterMs: 5 * 60 * minutes })));
  const id = await ask(merge);
  await after(23 * 60 * minutes);
  expect(await became(id)).toMatchObject({ state: 'waiting' });
  await after(30 * 60 * minutes);

  expect(await became(id)).toMatchObject({ state: 'refused', detail: expect.stringContaining('(away): ask again') });
  expect(crm.merge).toHaveBeenCalledTimes(5);
});

it('repeats nothing of an error that is not ours', async () => {
  crm.merge = async () => Promise.reject(Object.assign(new Error('bea@acme.example is on fire'), { code: 'FIRE' }));
  const id = await ask(merge);
  await after(minutes);

  expect(await became(id)).toMatchObject({ state: 'waiting', detail: expect.stringContaining('the log has more') });
  expect(warned.join()).not.toContain('bea@');
});

it('is taken up by one at a time, and by the sweep where one does not end, who then changes nothing more', async () => {
  const first = Promise.withResolvers<CrmOutcome>();
  crm.merge = vi.fn(() => first.promise);
  const ports = { ...world.embedded, playbook: world.playbook, log, connections, crmOf };
  const message = { id: 'm1', attempt: 1, body: JSON.stringify(requestOf(merge)) };
  const late = createToCrm(ports)([message]);
  await vi.waitFor(() => expect(crm.merge).toHaveBeenCalledOnce());
  expect(await createToCrm(ports)([message])).toEqual({ failed: [] });
  expect(crm.merge).toHaveBeenCalledOnce();

  crm.merge = vi.fn(async () => ({ outcome: 'written' as const }));
  await after(11 * minutes);
  expect(await became(requestOf(merge).requestId)).toMatchObject({ state: 'written', tries: 2 });
  first.resolve({ outcome: 'gone' });
  expect(await late).toEqual({ failed: [] });
  expect(await became(requestOf(merge).requestId)).toMatchObject({ state: 'written', tries: 2 });
});

it('leaves what is left of a long batch to the sweep, so that none dies', async () => {
  const slow = { ...world.embedded.clock };
  let now = nine;
  crm.merge = vi.fn(async () => {
    now += 20_000;
    return { outcome: 'written' as const };
  });
  const ports = {
    ...world.embedded,
    clock: { ...slow, now: () => now },
    playbook: world.playbook,
    log,
    connections,
    crmOf,
  };
  const requests = ['601', '602', '603', '604'].map((from) => requestOf({ ...merge, from }));
  const messages = requests.map((request, n) => ({ id: `m${n}`, attempt: 5, body: JSON.stringify(request) }));
  expect(await createToCrm(ports)(messages)).toEqual({ failed: [] });
  const states = async () => Promise.all(requests.map(async ({ requestId }) => (await became(requestId))?.state));
  expect(await states()).toEqual(['written', 'written', 'waiting', 'waiting']);
  await after(6 * minutes);

  expect(await states()).toEqual(['written', 'written', 'written', 'written']);
  expect(crm.merge).toHaveBeenCalledTimes(4);
});

it('refuses a message that is none, and carries the others out', async () => {
  const ports = { ...world.embedded, playbook: world.playbook, log, connections, crmOf };
  const bodies = ['{"type":"crm-requested.v1"}', JSON.stringify(requestOf(merge)), '{}', 'no JSON'];
  const messages = bodies.map((body, n) => ({ id: `m${n}`, attempt: 1, body }));

  expect((await createToCrm(ports)(messages)).failed.toSorted()).toEqual(['m0', 'm2', 'm3']);
  expect(crm.merge).toHaveBeenCalledOnce();
});
