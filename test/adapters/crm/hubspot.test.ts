// HubSpot by its real client, against a stub that answers as HubSpot does: what is written, what is refused, what changed, what fails.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHubspot } from '../../../lib/adapters/crm/hubspot.ts';
import { type Crm, CrmUnavailable, type PulledObject } from '../../../lib/crm.ts';
import { noMapping } from '../../../lib/domain/playbook/crm-mapping.ts';
import { hubspotRecords } from '../../../lib/sources/hubspot.ts';
import type { StubHubspot } from '../../crm/stub-crm.ts';
import { openStubHubspot } from '../../crm/stub-hubspot.ts';
import { faultOf, pagesOf, person } from './asking.ts';

const accessToken = 'pat-eu1-secret';
const start = Date.parse('2026-11-20T09:00:00.000Z');
const writeBack = {
  person: { status: 'muster_status', reason: 'muster_reason', score: 'muster_score', id: 'muster_id' },
  account: { grade: 'muster_grade' },
};
const properties = {
  ...{ muster_status: ['Qualified', 'Nurture'], muster_reason: [], muster_score: [], muster_id: [] },
  muster_grade: [],
};

let now: number;
let stub: StubHubspot;
let waits: number[];
let crm: Crm;

const open = (
  more: { url?: string; token?: string; timeoutMs?: number; maximumBytes?: number; fetch?: typeof fetch } = {},
): Crm => {
  const { url = stub.url, token = accessToken, ...exchange } = more;
  return createHubspot({
    connection: { kind: 'hubspot', portalId: 62515, apiUrl: `${url}/`, writeBack },
    credentials: { accessToken: token },
    exchange: { ...exchange, random: () => 0.5, wait: async (milliseconds) => void waits.push(milliseconds) },
    now: () => now,
  });
};

beforeEach(async () => {
  now = start;
  waits = [];
  stub = await openStubHubspot({ clientSecret: 'client', portalId: 62515, accessToken, properties, now: () => now });
  crm = open();
});
afterEach(() => stub.close());

const pull = (object: PulledObject, since: number) => pagesOf(crm, object, since);
const idsOf = (records: readonly unknown[]) => records.map((one) => (one as { id: string }).id);

describe('write', () => {
  it('sets the properties the connection names, of contacts and of companies, as text', async () => {
    const contact = await stub.create('contacts', { email: 'bea@acme.example' });
    const company = await stub.create('companies', { name: 'Acme' });

    const outcomes = await crm.write([
      person(contact, { status: 'Qualified', score: 42.5, grade: 'A' }),
      { object: 'account', externalId: company, values: { grade: 'B', status: 'Nurture' } },
    ]);

    expect(outcomes).toEqual([{ outcome: 'written' }, { outcome: 'written' }]);
    expect(stub.record('contacts', contact)?.properties).toEqual({
      ...{ email: 'bea@acme.example', muster_status: 'Qualified', muster_score: '42.5' },
    });
    expect(stub.record('companies', company)?.properties).toEqual({ name: 'Acme', muster_grade: 'B' });
    expect(stub.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /crm/v3/objects/contacts/batch/update',
      'POST /crm/v3/objects/companies/batch/update',
    ]);
  });

  it('asks nothing of HubSpot where nothing is to be written', async () => {
    const nothing = [person('1', { grade: 'A' }), person('2', {}), person('3', { status: undefined } as object)];
    expect(await crm.write(nothing)).toEqual(nothing.map(() => ({ outcome: 'written' })));
    expect(await crm.write([])).toEqual([]);
    expect(stub.requests).toEqual([]);
  });

  it('writes a hundred at once, and a record that is named twice once, as it was named last', async () => {
    const contacts = await Promise.all(Array.from({ length: 150 }, () => stub.create('contacts', {})));
    const updates = contacts.map((id) => person(id, { status: 'Nurture', score: 1 }));

    const outcomes = await crm.write([...updates, person(contacts[0]!, { status: 'Qualified' })]);

    expect(outcomes).toEqual(Array.from({ length: 151 }, () => ({ outcome: 'written' })));
    expect(stub.requests.map(({ body }) => (body as { inputs: unknown[] }).inputs.length)).toEqual([100, 50]);
    expect(stub.record('contacts', contacts[0]!)?.properties).toEqual({
      muster_status: 'Qualified',
      muster_score: '1',
    });
  });

  it('tells which of a batch are gone, and writes the others; one that another took in is the other', async () => {
    const [one, two, three] = [await stub.create('contacts', {}), await stub.create('contacts', {}), '404'];
    const gone = await stub.create('contacts', {});
    await stub.remove('contacts', gone);
    await stub.merge('contacts', one, two);

    const outcomes = await crm.write([two, three, gone].map((id) => person(id, { status: 'Nurture' })));

    expect(outcomes).toEqual([{ outcome: 'written' }, { outcome: 'gone' }, { outcome: 'gone' }]);
    expect(stub.record('contacts', one)?.properties.muster_status).toBe('Nurture');
  });

  it('says which property is not taken, and no value, and writes those whose values are', async () => {
    const contacts = await Promise.all(Array.from({ length: 20 }, () => stub.create('contacts', {})));
    const statuses = contacts.map((_, index) => (index % 2 === 0 ? 'Qualified' : 'Churned'));

    const outcomes = await crm.write(
      contacts.map((id, index) => person(id, { status: statuses[index]!, score: index })),
    );

    const refused = { outcome: 'refused', why: 'muster_status: it has no such choice (400)' };
    expect(outcomes).toEqual(statuses.map((status) => (status === 'Qualified' ? { outcome: 'written' } : refused)));
    // Once all, then those of each value.
    expect(stub.requests).toHaveLength(3);
  });

  it('refuses all that have a property HubSpot does not know, whatever its value, and writes who has not', async () => {
    const { muster_id: _, ...known } = properties;
    await stub.close();
    stub = await openStubHubspot({ clientSecret: 'client', portalId: 62515, accessToken, properties: known });
    crm = open();
    const contacts = await Promise.all(Array.from({ length: 41 }, () => stub.create('contacts', {})));

    const outcomes = await crm.write(
      contacts.map((id, index) => person(id, { status: 'Nurture', ...(index < 40 && { id: `lead_${index}` }) })),
    );

    const refused = { outcome: 'refused', why: 'muster_id: there is no such property (400)' };
    expect(outcomes).toEqual([...contacts.slice(1).map(() => refused), { outcome: 'written' }]);
    // Once all, then those with it and those without.
    expect(stub.requests).toHaveLength(3);
  });

  it('takes an error of one record from an answer that says of others that they are written', async () => {
    const errors = [
      {
        status: 'error',
        category: 'VALIDATION_ERROR',
        message: 'muster_score is 12',
        context: { objectWriteTraceId: ['7'] },
      },
      { status: 'error', category: 'VALIDATION_ERROR', message: 'of whichever' },
    ];
    const results = [{ id: '8', properties: {}, createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z' }];
    stub.failNext({ status: 207, body: { status: 'COMPLETE', results, errors } });

    const outcomes = await crm.write(['7', '8', '9'].map((id) => person(id, { score: 12, status: 'Nurture' })));

    expect(outcomes).toEqual([
      { outcome: 'refused', why: 'muster_score: not taken' },
      { outcome: 'written' },
      { outcome: 'refused', why: 'muster_score, muster_status: not taken' },
    ]);
  });
});

describe('what fails', () => {
  const update = [person('1', { reason: 'Bea of Acme asked for a demo', status: 'Nurture' })];
  const limited = { errorType: 'RATE_LIMIT' };

  it.each([
    ['as long as Retry-After says', { headers: { 'retry-after': '7' } }, 7_000],
    ['the interval of a limit', { headers: { 'x-hubspot-ratelimit-interval-milliseconds': '10000' } }, 10_000],
    ['an hour on the limit of a day', { body: { ...limited, policyName: 'DAILY' } }, 3_600_000],
    ['ten seconds where it says nothing', { body: 'no' }, 10_000],
  ])('limited, it is for later: %s', async (_, more, retryAfterMs) => {
    stub.failNext({ status: 429, ...more });
    const error = await faultOf(crm.write(update));
    expect(error).toBeInstanceOf(CrmUnavailable);
    expect(error).toMatchObject({ code: 'crm-unavailable', retryable: true, retryAfterMs });
    expect(stub.requests).toHaveLength(1);
    expect(waits).toEqual([]);
  });

  it('limited half-way, it says what is written, and that the rest is for later', async () => {
    const contacts = [await stub.create('contacts', {}), await stub.create('contacts', {})];
    const company = await stub.create('companies', {});
    stub.failNext({ status: 429, headers: { 'retry-after': '7' } }, { where: '/companies/' });
    const account = { object: 'account' as const, externalId: company, values: { grade: 'A' } };
    const people = contacts.map((id) => person(id, { status: 'Nurture' }));

    expect(await crm.write([account, ...people])).toEqual([
      { outcome: 'later', error: expect.objectContaining({ retryAfterMs: 7_000 }) },
      ...[{ outcome: 'written' }, { outcome: 'written' }],
    ]);
  });

  it('rejected and then away, it says who is refused or written, and that the rest is for later', async () => {
    const contacts = await Promise.all(Array.from({ length: 4 }, () => stub.create('contacts', {})));
    const statuses = ['Qualified', 'Churned', 'Nurture', 'Lost'];
    const updates = contacts.map((id, index) => person(id, { status: statuses[index]! }));
    // Once all; then those of two values, which are parted again; the fifth call and its one more try fail.
    const failAt = 5;
    const fetch: typeof globalThis.fetch = (...given) => {
      if (stub.requests.length === failAt - 1) stub.failNext({ status: 503 }, { times: 2 });
      return globalThis.fetch(...given);
    };
    const outcomes = await open({ fetch }).write(updates);

    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['written', 'refused', 'later', 'later']);
  });

  it('waits out a limit of a second in place', async () => {
    stub.failNext({ status: 429, headers: { 'retry-after': '1' } });
    expect(await crm.write(update)).toEqual([{ outcome: 'gone' }]);
    expect(waits).toEqual([1_250]);
  });

  it.each([
    { status: 500 },
    { status: 503 },
    { status: 200, body: '<html>' },
    'reset' as const,
  ])('tries %o once more, then leaves it to the queue', async (failure) => {
    stub.failNext(failure);
    expect(await crm.write(update)).toEqual([{ outcome: 'gone' }]);
    expect(waits).toEqual([250]);

    stub.failNext(failure, { times: 2 });
    expect(await faultOf(crm.write(update))).toBeInstanceOf(CrmUnavailable);
    expect(stub.requests).toHaveLength(4);
  });

  it('waits for no answer longer than it may, and not twice', async () => {
    stub.failNext('timeout');
    const error = await faultOf(open({ timeoutMs: 100 }).write(update));
    expect(error).toMatchObject({
      code: 'crm-unavailable',
      message: 'HubSpot: POST /crm/v3/objects/contacts/batch/update was not answered in 100 ms',
    });
    expect(stub.requests).toHaveLength(1);
  });

  it('reads no answer without an end', async () => {
    stub.failNext({ status: 200, body: JSON.stringify({ results: ['x'.repeat(2_000)] }) });
    expect(await faultOf(open({ maximumBytes: 1_000 }).write(update))).toMatchObject({
      code: 'crm-unavailable',
      message: expect.stringContaining('over 1000 bytes'),
    });
  });

  it.each([401, 403])('%i: says that the credentials are refused, and that it can be tried again', async (status) => {
    stub.failNext({ status });
    expect(await faultOf(crm.write(update))).toMatchObject({
      ...{ code: 'crm-credentials-refused', retryable: true },
      message: expect.stringContaining('HubSpot refuses the credentials'),
    });
    expect(await faultOf(open({ token: 'wrong' }).merge('person', '1', '2'))).toMatchObject({
      code: 'crm-credentials-refused',
    });
  });

  it.each([
    {},
    { results: 'none' },
    { results: [{ properties: {} }] },
    [],
    null,
    7,
  ])('takes no answer like %j', async (body) => {
    stub.failNext({ status: 200, body: JSON.stringify(body) });
    expect(await faultOf(crm.write(update))).toMatchObject({ code: 'crm-unavailable' });
  });

  it('names neither secrets nor values, whatever is answered', async () => {
    const quoting = { message: 'Bea of Acme asked for a demo', authorization: accessToken };
    const errors: unknown[] = [];
    for (const status of [200, 202, 207, 401, 418, 429, 500]) {
      stub.failNext({ status, body: { ...quoting, results: 5 } }, { times: 2 });
      errors.push(await faultOf(crm.write(update)));
    }
    stub.failNext({ status: 400, body: quoting });
    errors.push(await faultOf(crm.changedSince('person', '2026-11-20T00:00:00Z')));
    await stub.close();
    errors.push(await faultOf(crm.write(update)));
    const said = errors.map((error) =>
      error instanceof Error ? `${error.message} ${JSON.stringify(error)} ${error.cause}` : JSON.stringify(error),
    );
    expect(said).toHaveLength(9);
    expect(said.filter((text) => /Bea|demo|pat-eu1|Nurture/.test(text))).toEqual([]);
  });
});

describe('changedSince', () => {
  it('gives contacts and companies with the properties that are read, from the moment on, then those deleted since', async () => {
    const old = await stub.create('contacts', { email: 'old@acme.example' });
    const goneBefore = await stub.create('contacts', {});
    await stub.remove('contacts', goneBefore);
    now += 60_000;
    const bea = await stub.create('contacts', { email: 'bea@acme.example', jobtitle: 'CTO', shoe_size: '38' });
    const gone = await stub.create('contacts', { email: 'gone@acme.example' });
    now += 1_000;
    await stub.remove('contacts', gone);
    await stub.change('contacts', old, { jobtitle: 'CEO' });
    await stub.create('companies', { name: 'Acme', domain: 'acme.example' });

    const pages = await pull('person', start + 60_000);

    expect(pages.map(idsOf)).toEqual([[bea, old], [gone]]);
    const { lines, unread } = hubspotRecords('contact', pages.flat(), 'hubspot', now, noMapping);
    expect(unread).toEqual([]);
    expect(lines.map(({ change }) => change)).toMatchObject([
      { object: 'person', externalId: bea, email: 'bea@acme.example', profile: { jobTitle: 'CTO' }, deleted: false },
      { object: 'person', externalId: old, profile: { jobTitle: 'CEO' } },
      { object: 'person', externalId: gone, deleted: true },
    ]);
    expect(JSON.stringify(pages)).not.toContain('shoe_size');
    expect((await pull('account', start)).flat()).toMatchObject([{ properties: { domain: 'acme.example' } }]);
  });

  it('gives contacts who are unsubscribed as of when they became so, whatever was changed since', async () => {
    const bea = await stub.create('contacts', { email: 'bea@acme.example', hs_email_optout: 'true' });
    await stub.create('contacts', { email: 'cyd@acme.example' });
    for (const [minutes, change] of Object.entries({
      ...{ 1: { hs_email_optout: 'false' }, 2: { hs_email_optout: 'true' }, 3: { jobtitle: 'CTO' } },
    })) {
      now = start + Number(minutes) * 60_000;
      await stub.change('contacts', bea, change);
    }
    for (let more = 0; more < 60; more += 1) await stub.create('contacts', { hs_email_optout: 'true' });

    const [found = []] = await pull('person', start);
    const { lines, unread } = hubspotRecords('contact', found, 'hubspot', now, noMapping);

    expect(unread).toEqual([]);
    const unsubscribed = lines.filter(({ change }) => 'unsubscribed' in change && change.unsubscribed);
    expect(unsubscribed).toHaveLength(61);
    expect(unsubscribed.find(({ change }) => change.externalId === bea)).toEqual({
      ...{ type: 'crm-change-captured.v1', id: `hubspot:contact.${bea}.hs_email_optout.${start + 120_000}` },
      ...{ source: 'hubspot', occurredAt: '2026-11-20T09:02:00.000Z', receivedAt: '2026-11-20T09:03:00.000Z' },
      change: { object: 'person', externalId: bea, unsubscribed: true },
    });
    expect(lines.find(({ change }) => 'email' in change && change.email === 'bea@acme.example')?.occurredAt).toBe(
      '2026-11-20T09:03:00.000Z',
    );
  });

  it('tells what was merged by the record that stayed', async () => {
    const [one, two] = [await stub.create('companies', { name: 'A' }), await stub.create('companies', { name: 'B' })];
    await stub.merge('companies', one, two);
    const { lines } = hubspotRecords('company', (await pull('account', start)).flat(), 'hubspot', now, noMapping);
    expect(lines.map(({ change }) => change)).toContainEqual({ object: 'account', externalId: two, mergedInto: one });
  });

  it('gives deals with the contacts they have, however many', async () => {
    const contacts = Array.from({ length: 501 }, (_, index) => String(1_000 + index));
    const [deal, alone] = [
      await stub.create('deals', { dealstage: 'closedwon', hubspot_owner_id: '7' }),
      await stub.create('deals', {}),
    ];
    await stub.associate(deal, { contacts, companies: ['77'] });

    const records = (await pull('opportunity', start)).flat();

    expect(idsOf(records)).toEqual([deal, alone]);
    const { lines, unread } = hubspotRecords('deal', records, 'hubspot', now, noMapping);
    expect(unread).toEqual([]);
    const told = lines.flatMap(({ change }) => (change.object === 'opportunity' ? (change.contacts ?? []) : []));
    expect(told.map(({ externalId }) => externalId)).toEqual(contacts);
    expect(lines[0]?.change).toMatchObject({
      ...{ externalId: deal, crmStage: 'closedwon', accountExternalId: '77', ownerExternalId: '7' },
    });
  });

  it('has nothing of what HubSpot does not have', async () => {
    expect(await pull('contract', start)).toEqual([[]]);
    expect(await pull('activity', start)).toEqual([[]]);
    expect(stub.requests).toEqual([]);
  });

  it('gives all of more than search answers to one question, also if they all changed at one moment', async () => {
    const made: string[] = [];
    const make = async (count: number) => {
      for (let each = 0; each < count; each += 1) made.push(await stub.create('contacts', {}));
    };
    await make(300);
    now += 5;
    await make(10_300);
    now += 5;
    await make(100);

    const found = new Set((await pull('person', start)).flatMap(idsOf));

    expect(made.filter((id) => !found.has(id))).toEqual([]);
    expect(stub.requests.filter(({ body }) => (body as { after?: string } | undefined)?.after !== undefined)).toEqual(
      [],
    );
  });

  it('passes over nobody when what it gave is changed before it goes on', async () => {
    const made: string[] = [];
    for (let each = 0; each < 450; each += 1) {
      made.push(await stub.create('contacts', {}));
      now += 5;
    }
    const found = new Set<string>();
    for (let from: string | undefined, pages = 0; pages === 0 || from !== undefined; pages += 1) {
      const { records, next } = await crm.changedSince('person', new Date(start).toISOString(), from);
      for (const id of idsOf(records)) found.add(id);
      if (pages === 0) await crm.write(made.slice(0, 30).map((id) => person(id, { status: 'Qualified' })));
      from = next;
    }
    expect(made.filter((id) => !found.has(id))).toEqual([]);
  });

  it('goes through the deleted in pages, once a day, and then has those that were deleted since it last did', async () => {
    const made: string[] = [];
    for (let each = 0; each < 130; each += 1) {
      made.push(await stub.create('contacts', {}));
      await stub.remove('contacts', made.at(-1)!);
    }
    const day = 24 * 60 * 60_000;
    const lengths = async (since: number) => (await pull('person', since)).map((page) => page.length);
    now = start + day - 60_000;
    expect(await lengths(now - 70 * 60_000)).toEqual([0, 0]);
    now = Date.parse('2026-11-21T00:40:00.000Z');
    expect(await lengths(now - 70 * 60_000)).toEqual([0, 100, 30]);
    // Whatever was deleted right after the first pass of the day before.
    now = Date.parse('2026-11-22T08:59:00.000Z');
    expect(await lengths(now - 10 * 60 * 60_000)).toEqual([0, 100, 30]);
    now += 60 * 60_000 + day;
    expect(await lengths(now - 25 * 60 * 60_000)).toEqual([0, 0, 0]);
  });
});

describe('merge', () => {
  it('makes one record of two', async () => {
    const [into, from] = [
      await stub.create('contacts', { phone: '1' }),
      await stub.create('contacts', { city: 'Rome' }),
    ];
    expect(await crm.merge('person', into, from)).toEqual({ outcome: 'written' });
    expect(stub.record('contacts', from)?.mergedInto).toBe(into);
    expect(stub.record('contacts', into)?.properties).toMatchObject({ phone: '1', city: 'Rome' });
    const [one, two] = [await stub.create('companies', {}), await stub.create('companies', {})];
    expect(await crm.merge('account', one, two)).toEqual({ outcome: 'written' });
    expect(stub.record('companies', two)?.mergedInto).toBe(one);
  });

  it('tells that one is gone, or that HubSpot would not', async () => {
    const one = await stub.create('contacts', {});
    expect(await crm.merge('person', one, '404')).toEqual({ outcome: 'gone' });
    expect(await crm.merge('person', one, one)).toEqual({ outcome: 'refused', why: 'merge: not taken (400)' });
    stub.failNext({ status: 502 }, { times: 2 });
    expect(await faultOf(crm.merge('person', one, '404'))).toBeInstanceOf(CrmUnavailable);
  });
});
