// Pipedrive by its real client, against a stub that answers as Pipedrive does: what is written, what is refused, what changed, what fails.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPipedrive } from '../../../lib/adapters/crm/pipedrive.ts';
import { type Crm, CrmUnavailable, type PulledObject } from '../../../lib/crm.ts';
import { noMapping } from '../../../lib/domain/playbook/crm-mapping.ts';
import { pipedriveRecords } from '../../../lib/sources/pipedrive.ts';
import type { StubPipedrive } from '../../crm/stub-crm.ts';
import { openStubPipedrive } from '../../crm/stub-pipedrive.ts';
import { faultOf, pagesOf, person } from './asking.ts';

const apiToken = 'f00dsecret';
const start = Date.parse('2026-11-20T09:00:00.500Z');
const status = 'bdd479c3cfdb9c50bae4fa4929ae944980da55d7';
const score = '0123456789abcdef0123456789abcdef01234567';
const writeBack = { person: { status, score, reason: 'notes' }, account: { grade: status } };

let now: number;
let stub: StubPipedrive;
let waits: number[];
let crm: Crm;

const open = (more: { token?: string; timeoutMs?: number } = {}): Crm => {
  const { token = apiToken, ...exchange } = more;
  return createPipedrive({
    connection: { kind: 'pipedrive', companyId: 8087566, apiUrl: stub.url, writeBack },
    credentials: { apiToken: token },
    exchange: { ...exchange, random: () => 0.5, wait: async (milliseconds) => void waits.push(milliseconds) },
  });
};

beforeEach(async () => {
  now = start;
  waits = [];
  const properties = [status, 'notes'];
  stub = await openStubPipedrive({
    basicAuth: 'muster:hook',
    companyId: 8087566,
    apiToken,
    properties,
    now: () => now,
  });
  crm = open();
});
afterEach(() => stub.close());

const pull = (object: PulledObject, since: number) => pagesOf(crm, object, since);
const idsOf = (records: readonly unknown[]) => records.map((one) => String((one as { id: number }).id));

describe('write', () => {
  it('sets fields of the tenant’s own and others, of persons and of organizations', async () => {
    const bea = await stub.create('person', { name: 'Bea', custom_fields: { [score]: 7 } });
    const acme = await stub.create('organization', { name: 'Acme' });

    const outcomes = await crm.write([
      person(bea, { status: 'Qualified', reason: 'Asked for a demo', grade: 'A' }),
      { object: 'account', externalId: acme, values: { grade: 'B', status: 'Nurture' } },
    ]);

    expect(outcomes).toEqual([{ outcome: 'written' }, { outcome: 'written' }]);
    expect(stub.record('person', bea)?.properties).toEqual({
      ...{ name: 'Bea', notes: 'Asked for a demo', custom_fields: { [score]: 7, [status]: 'Qualified' } },
    });
    expect(stub.record('organization', acme)?.properties).toEqual({ name: 'Acme', custom_fields: { [status]: 'B' } });
    expect(stub.requests.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      `PATCH /api/v2/organizations/${acme}`,
      `PATCH /api/v2/persons/${bea}`,
    ]);
    expect(JSON.stringify(stub.requests.map(({ path }) => path))).not.toContain(apiToken);
  });

  it('writes each record once, as it was named last, and none of which nothing is to be written', async () => {
    const bea = await stub.create('person', {});
    const outcomes = await crm.write([
      person(bea, { status: 'Nurture' }),
      person('9', { grade: 'A' }),
      person(bea, { status: 'Qualified' }),
    ]);
    expect(outcomes).toEqual([{ outcome: 'written' }, { outcome: 'written' }, { outcome: 'written' }]);
    expect(stub.requests).toMatchObject([{ body: { custom_fields: { [status]: 'Qualified' } } }]);
  });

  it('tells in order who is gone, what is not taken, without its value, and what is no id of Pipedrive’s', async () => {
    const ids = await Promise.all(Array.from({ length: 9 }, () => stub.create('person', {})));
    await stub.remove('person', ids[3]!);
    const updates = ids.map((id, index) => person(id, index === 5 ? { score: 42 } : { status: 'Nurture' }));

    const outcomes = await crm.write([...updates, person('00Q5e', { status: 'Nurture' })]);

    expect(outcomes).toEqual([
      ...['written', 'written', 'written', 'gone', 'written'].map((outcome) => ({ outcome })),
      { outcome: 'refused', why: `${score}: not taken (400)` },
      ...['written', 'written', 'written'].map((outcome) => ({ outcome })),
      { outcome: 'refused', why: 'id: none of Pipedrive’s' },
    ]);
  });
});

describe('what fails', () => {
  const update = [person('1', { reason: 'Bea of Acme asked for a demo' })];

  it.each([
    [{ 'retry-after': '7' }, 7_000],
    [{ 'x-ratelimit-reset': '3' }, 3_000],
  ])('limited, it is for later: %o', async (headers, retryAfterMs) => {
    stub.failNext({ status: 429, headers });
    const error = await faultOf(crm.write(update));
    expect(error).toBeInstanceOf(CrmUnavailable);
    expect(error).toMatchObject({ code: 'crm-unavailable', retryable: true, retryAfterMs });
    expect(stub.requests).toHaveLength(1);
  });

  it.each<Record<string, string>>([
    { 'x-ratelimit-reset': '2' },
    {},
  ])('waits out the window of its limit, of which a hundred records need five: %o', async (headers) => {
    const ids = await Promise.all(Array.from({ length: 9 }, () => stub.create('person', {})));
    stub.failNext({ status: 429, headers }, { times: 3 });
    const outcomes = await crm.write(ids.map((id) => person(id, { status: 'Nurture' })));
    expect(outcomes).toEqual(ids.map(() => ({ outcome: 'written' })));
    expect(waits).toEqual([2_250, 2_250, 2_250]);
  });

  it.each([{ status: 500 }, 'reset' as const])('tries %o once more, then leaves it to the queue', async (failure) => {
    stub.failNext(failure);
    expect(await crm.write(update)).toEqual([{ outcome: 'gone' }]);
    expect(waits).toEqual([250]);
    stub.failNext(failure, { times: 2 });
    expect(await faultOf(crm.write(update))).toMatchObject({ code: 'crm-unavailable', retryAfterMs: undefined });
  });

  it('waits for no answer longer than it may', async () => {
    stub.failNext('timeout');
    expect(await faultOf(open({ timeoutMs: 100 }).write(update))).toMatchObject({
      message: 'Pipedrive: PATCH /api/v2/persons/1 was not answered in 100 ms',
    });
  });

  it('writes nothing more once a call has failed, leaves none behind, and says which are written', async () => {
    const ids = await Promise.all(Array.from({ length: 9 }, () => stub.create('person', {})));
    stub.failNext({ status: 429, headers: { 'retry-after': '7' } }, { where: `/persons/${ids[1]}` });
    const outcomes = await crm.write(ids.map((id) => person(id, { status: 'Nurture' })));
    const later = { outcome: 'later', error: expect.objectContaining({ retryAfterMs: 7_000 }) };
    const done = { outcome: 'written' };
    expect(outcomes).toEqual([done, later, done, done, later, later, later, later, later]);
    expect(stub.requests).toHaveLength(4);
  });

  it.each([
    401, 402, 403,
  ])('%i: says that the credentials are refused, and that it can be tried again', async (code) => {
    stub.failNext({ status: code });
    expect(await faultOf(crm.write(update))).toMatchObject({
      ...{ code: 'crm-credentials-refused', retryable: true },
      message: expect.stringContaining('Pipedrive refuses the credentials'),
    });
    expect(await faultOf(open({ token: 'wrong' }).merge('person', '1', '2'))).toMatchObject({
      code: 'crm-credentials-refused',
    });
  });

  it.each(['{}', '[]', 'null', '7', '{"success":false}'])('takes no answer like %s', async (body) => {
    stub.failNext({ status: 200, body });
    expect(await faultOf(crm.write(update))).toMatchObject({ code: 'crm-unavailable' });
    stub.failNext({ status: 200, body: '{"data":[1]}' });
    expect(await faultOf(crm.changedSince('person', '2026-11-20T00:00:00Z'))).toMatchObject({
      code: 'crm-unavailable',
    });
  });

  it('names neither secrets nor values, whatever is answered', async () => {
    const quoting = { success: 'no', error: 'Bea of Acme asked for a demo', token: apiToken };
    const errors: unknown[] = [];
    for (const code of [200, 400, 401, 418, 429, 500]) {
      stub.failNext({ status: code, body: quoting }, { times: 2 });
      errors.push(await faultOf(crm.write(update)));
      stub.failNext({ status: code, body: quoting }, { times: 2 });
      errors.push(await faultOf(crm.changedSince('person', '2026-11-20T00:00:00Z')));
    }
    await stub.close();
    errors.push(await faultOf(crm.write(update)));
    const said = errors.map((error) =>
      error instanceof Error ? `${error.message} ${JSON.stringify(error)} ${error.cause}` : JSON.stringify(error),
    );
    expect(said).toHaveLength(13);
    expect(said.filter((text) => /Bea|demo|f00d/.test(text))).toEqual([]);
  });
});

describe('changedSince', () => {
  it('gives persons, organizations and activities from the moment on, in pages', async () => {
    await stub.create('person', { name: 'Old' });
    now += 60_000;
    const made: string[] = [];
    for (let each = 0; each < 250; each += 1) made.push(await stub.create('person', { name: 'Bea', emails: [] }));
    await stub.create('organization', { name: 'Acme', website: 'acme.example' });
    await stub.create('activity', { type: 'call', done: true, person_id: 8 });

    const pages = await pull('person', start + 60_000);

    expect(pages.map((page) => page.length)).toEqual([200, 50]);
    expect(pages.flatMap(idsOf)).toEqual(made);
    const [acme] = await pull('account', start);
    const { lines, unread } = pipedriveRecords('organization', acme!, 'pipedrive', now, noMapping);
    expect(unread).toEqual([]);
    expect(lines.map(({ change }) => change)).toMatchObject([
      { object: 'account', name: 'Acme', domains: ['acme.example'] },
    ]);
    const [called] = await pull('activity', start);
    expect(
      pipedriveRecords('activity', called!, 'pipedrive', now, noMapping).lines.map(({ change }) => change),
    ).toMatchObject([{ object: 'activity', personExternalId: '8', kind: 'call' }]);
  });

  it.each([true, false])('gives who is unsubscribed, where the company has a marketing app: %s', async (marketing) => {
    await stub.close();
    stub = await openStubPipedrive({ basicAuth: 'm:h', companyId: 8087566, apiToken, marketing, now: () => now });
    crm = open();
    await stub.create('person', { name: 'Bea', marketing_status: 'unsubscribed' });

    const [persons] = await pull('person', start);

    const { lines } = pipedriveRecords('person', persons!, 'pipedrive', now, noMapping);
    expect(lines).toMatchObject([{ change: { profile: { name: 'Bea' }, ...(marketing && { unsubscribed: true }) } }]);
    expect(lines.map(({ change }) => 'unsubscribed' in change)).toEqual([marketing]);
  });

  it('gives deals, those archived, and those deleted', async () => {
    const [open, archived, gone] = [
      await stub.create('deal', { status: 'open', stage_id: 2, owner_id: 77 }),
      await stub.create('deal', { status: 'won', is_archived: true }),
      await stub.create('deal', { status: 'open' }),
    ];
    await stub.remove('deal', gone);

    const pages = await pull('opportunity', start);

    expect(pages.map(idsOf)).toEqual([[open], [archived], [gone]]);
    const { lines } = pipedriveRecords('deal', pages.flat(), 'pipedrive', now, noMapping);
    expect(lines.map(({ change }) => change)).toContainEqual(
      expect.objectContaining({ object: 'opportunity', externalId: gone, deleted: true }),
    );
    expect(lines[0]?.change).toMatchObject({ externalId: open, ownerExternalId: '77' });
  });

  it('has no contracts', async () => {
    expect(await pull('contract', start)).toEqual([[]]);
    expect(stub.requests).toEqual([]);
  });
});

describe('merge', () => {
  it('makes one record of two', async () => {
    const [into, from] = [
      await stub.create('person', { name: 'Bea' }),
      await stub.create('person', { job_title: 'CTO' }),
    ];
    expect(await crm.merge('person', into, from)).toEqual({ outcome: 'written' });
    expect(stub.record('person', from)?.mergedInto).toBe(into);
    expect(stub.record('person', into)?.properties).toEqual({ name: 'Bea', job_title: 'CTO' });
    const [one, two] = [await stub.create('organization', {}), await stub.create('organization', {})];
    expect(await crm.merge('account', one, two)).toEqual({ outcome: 'written' });
    expect(stub.record('organization', two)?.mergedInto).toBe(one);
  });

  it('tells that one is gone, that Pipedrive would not, or that it has no such ids', async () => {
    const one = await stub.create('person', {});
    expect(await crm.merge('person', one, '404')).toEqual({ outcome: 'gone' });
    expect(await crm.merge('person', one, one)).toEqual({ outcome: 'refused', why: 'merge: not taken (400)' });
    expect(await crm.merge('person', one, '../users')).toEqual({ outcome: 'refused', why: 'id: none of Pipedrive’s' });
    stub.failNext({ status: 502 }, { times: 2 });
    expect(await faultOf(crm.merge('person', one, '404'))).toBeInstanceOf(CrmUnavailable);
  });
});
