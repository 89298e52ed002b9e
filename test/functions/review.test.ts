// Leads in review by way of the API: who waits and why, and what becomes of it when somebody decides.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../functions/capture-decisions.ts';
import type { HttpHandler } from '../../functions/http/api.ts';
import { createHandler as createReadApi } from '../../functions/read-api.ts';
import {
  accountIdOfCrm,
  accountIdOfDomain,
  leadIdOfEmail,
  leadIdOfVisitor,
  soloAccountId,
} from '../../lib/domain/ids.ts';
import type { readLead } from '../../lib/steps/read-lead.ts';
import type { ReviewPage } from '../../lib/steps/read-review.ts';
import { allOf } from '../../lib/table/items.ts';
import { leadKey } from '../../lib/table/keys.ts';
import { linesOf } from '../../lib/table/trail.ts';
import { crm, decide, demoRequest, pageView } from '../simulation/lines.ts';
import { openWorld, silent, type World } from '../simulation/world.ts';
import { call, documentOf, expectProblem } from './capture-harness.ts';

const at = (time: string): string => `2026-11-20T${time}:00.000Z`;
const json = { 'content-type': 'application/json', authorization: 'Bearer token-1' };
const decider = { ...json, authorization: 'Bearer token-2' };
const [dan, eve, bea] = ['dan@gmail.com', 'eve@gmail.com', 'bea@acme.example'];
const acme = accountIdOfCrm('crm', 'A');
const said = { by: 'ops@seller.example', why: 'Asked them.' };
let world: World;
let [decideBy, read]: HttpHandler[] = [];
beforeEach(async () => {
  world = await openWorld(at('09:00'));
  const { playbook, embedded } = world;
  const secrets = {
    readTokens: async () => ['token-1'],
    crmCredentials: async () => undefined,
    decisionTokens: async () => ['token-2'],
    operatorTokens: async () => [],
    webhookSecrets: async () => [],
  };
  const ports = { clock: embedded.clock, table: embedded.table, playbook, log: silent, secrets, allowedOrigins: [] };
  decideBy = createHandler({ ...ports, queue: embedded.queues.queue('prompt') });
  read = createReadApi(ports);
  const change = { object: 'account', externalId: 'A', name: 'Acme Bearings Ltd', country: 'GB' } as const;
  await world.deliver([crm('a', at('08:00'), change)]);
});
afterEach(() => world.close());

const asks = (id: string, email: string, company?: string, country = 'United Kingdom') =>
  demoRequest(id, at('08:30'), email, company === undefined ? {} : { profile: { company, country } });
const get = (path: string, query = '') => call(read!, { method: 'GET', path, query, headers: json });
const review = async (query = '') => documentOf(await get('/api/review', query)) as unknown as ReviewPage;
type Lead = NonNullable<Awaited<ReturnType<typeof readLead>>>;
const leadOf = async (email: string) => documentOf(await get(`/api/leads/${leadIdOfEmail(email)}`)) as unknown as Lead;
const post = async (body: object, requestId = 'r1', headers: Record<string, string> = decider) => {
  const response = await call(decideBy!, { path: '/review/decisions', headers, body: JSON.stringify(body), requestId });
  await world.runtime.settle();
  return response;
};
const assign = (more: object = {}) => ({ decision: 'assign', lead: dan, accountId: acme, ...said, ...more });
const unlike = 'AB Holdings of the North';

describe('the queue', () => {
  it('has those who wait longest first, with why, where they stand and what was tried', async () => {
    await world.deliver([asks('1', dan, unlike)]);
    await world.advanceTo(at('10:00'));
    await world.deliver([asks('2', eve)]);

    const page = await review();
    expect(page).toMatchObject({ size: 2, oldestSince: at('09:00'), next: null, serverTime: at('10:00') });
    expect(page.entries.map(({ email }) => email)).toEqual([dan, eve]);
    expect(page.entries[0]).toMatchObject({
      ...{ leadId: leadIdOfEmail(dan), company: unlike, country: 'GB', reason: 'unmatched', since: at('09:00') },
      ...{ accountId: soloAccountId(leadIdOfEmail(dan)), doubt: null },
    });
    expect(page.entries[0]!.tried.map(({ rule }) => rule)).toContain('fuzzy-name');
    expect(page.entries[1]).toMatchObject({ company: null, country: null, evidence: 'The mail is freemail.' });
  });

  it('suggests the accounts whose name is near, with why each is not the answer', async () => {
    const change = { object: 'account', externalId: 'B', name: 'Acme Bearings Ltd', country: 'GB' } as const;
    await world.deliver([crm('b', at('08:00'), change), asks('1', dan, 'Acme Bearings Ltd')]);
    const [entry] = (await review('reason=ambiguous')).entries;
    expect(entry!.suggestions.map(({ accountId }) => accountId).sort()).toEqual(
      [acme, accountIdOfCrm('crm', 'B')].sort(),
    );
    for (const { score, rejected } of entry!.suggestions) {
      expect(score).toBeGreaterThan(0.5);
      expect(rejected).not.toBe('');
    }
    expect(await review('reason=unmatched')).toMatchObject({ size: 0, oldestSince: null, entries: [] });
  });

  it('is read page by page, over all reasons, nobody twice and nobody left out', async () => {
    const emails = Array.from({ length: 7 }, (_, n) => `p${n}@gmail.com`);
    const change = { object: 'account', externalId: 'B', name: 'Acme Bearings Ltd', country: 'GB' } as const;
    await world.deliver([crm('b', at('08:00'), change)]);
    for (const [n, email] of emails.entries()) {
      await world.advanceTo(at(`10:0${n}`));
      await world.deliver([asks(`f${n}`, email, n % 2 === 0 ? 'Acme Bearings Ltd' : unlike)]);
    }
    const seen: (string | null)[] = [];
    for (let query = 'limit=3'; ; ) {
      const page = await review(query);
      expect(page).toMatchObject({ size: 7, oldestSince: at('10:00') });
      seen.push(...page.entries.map(({ email }) => email));
      if (page.next === null) break;
      query = `limit=3&after=${page.next}`;
    }
    expect(seen).toEqual(emails);
    expect((await review('reason=ambiguous&limit=2')).entries.map(({ email }) => email)).toEqual([
      'p0@gmail.com',
      'p2@gmail.com',
    ]);
  });

  it.each([
    ['reason', 'reason=late'],
    ['reason', 'reason=ambiguous&reason=unmatched'],
    ['limit', 'limit=0'],
    ['limit', 'limit=201'],
    ['limit', 'limit=ten'],
    ['after', 'after='],
    ['after', `after=${Buffer.from('2026-11-20T09:00:00.000Z#x').toString('base64url')}`],
    ['after', 'after=%F0%9F%8D%8A'],
  ])('refuses a %s there is none of: %s', async (field, query) => {
    const response = await get('/api/review', query);
    expectProblem(response, 400, [field]);
    expect(documentOf(response).detail).toContain(field);
  });

  it('is shown to nobody without a token, or with one to decide', async () => {
    expectProblem(await call(read!, { method: 'GET', path: '/api/review', headers: decider }), 401);
    expectProblem(await call(read!, { method: 'GET', path: '/api/review', headers: {} }), 401);
  });
});

describe('to assign', () => {
  beforeEach(() => world.deliver([asks('1', dan, unlike)]));

  it('moves the lead, takes it out of review, and keeps who decided and why', async () => {
    const response = await post(assign());
    expect(response.statusCode).toBe(202);
    expect(documentOf(response)).toEqual({ id: 'decision:r1' });

    expect(await leadOf(dan)).toMatchObject({
      ...{ accountId: acme, match: { accountId: acme, rule: 'assigned' }, review: null },
      decision: {
        ...{ id: 'decision:r1', decision: 'assign', accountId: acme, at: at('09:00'), ...said },
        remembered: { company: unlike, country: 'GB' },
      },
    });
    expect(await review()).toMatchObject({ size: 0, entries: [] });
    expect(documentOf(await get(`/api/accounts/${acme}`))).toMatchObject({
      leads: [{ email: dan, match: { rule: 'assigned' }, review: null }],
    });
  });

  it('sends everybody there from then on who states that company there, and nobody from elsewhere', async () => {
    await post(assign());
    const [same, abroad] = ['same@gmail.com', 'abroad@gmail.com'];
    await world.deliver([asks('2', same, 'A.B. Holdings of the north'), asks('3', abroad, unlike, 'France')]);
    expect((await leadOf(same)).match).toMatchObject({ accountId: acme, rule: 'exact-name' });
    expect((await leadOf(abroad)).match).toMatchObject({ rule: 'unmatched' });
  });

  it.each<[string, object, object | null]>([
    ['nothing', { company: false }, null],
    ['a name in any country', { company: 'AB North', country: null }, { company: 'AB North' }],
    ['a name elsewhere', { company: 'AB Nord', country: 'Germany' }, { company: 'AB Nord', country: 'DE' }],
    ['a domain', { company: false, domain: 'www.ab-north.example' }, { domain: 'ab-north.example' }],
  ])('remembers %s where asked to', async (_, remember, remembered) => {
    expect((await post(assign({ remember }))).statusCode).toBe(202);
    expect((await leadOf(dan)).decision).toMatchObject({ remembered });
  });

  it.each([
    'N/A',
    'self-employed',
    'Consulting Services Ltd',
  ])('remembers no name that tells nobody apart, and says so: %s', async (company) => {
    await world.deliver([asks('2', eve, company), asks('3', 'same@gmail.com', company)]);
    const answer = documentOf(await post(assign({ lead: eve })));
    const detail = expect.stringMatching(/^cannot be kept: /);
    expect(answer).toEqual({ id: 'decision:r1', notRemembered: [{ field: 'remember.company', detail }] });
    expect(await leadOf(eve)).toMatchObject({ accountId: acme, decision: { remembered: null } });
    expect((await leadOf('same@gmail.com')).match).toMatchObject({ rule: 'unmatched' });

    for (const remember of [{ company: true }, { company }]) {
      expectProblem(await post(assign({ lead: eve, remember }), 'r2'), 422, ['remember.company']);
    }
    expect(documentOf(await post(assign({ lead: eve, remember: { company: false } }), 'r3'))).toEqual({
      id: 'decision:r3',
    });
  });

  it('remembers the mail’s domain when asked to, and colleagues follow', async () => {
    await world.deliver([asks('2', bea), asks('3', 'ben@acme.example')]);
    expect((await leadOf(bea)).accountId).toBe(accountIdOfDomain('acme.example'));
    await post(assign({ lead: bea, remember: { domain: true } }));
    expect((await leadOf('ben@acme.example')).match).toMatchObject({ accountId: acme, rule: 'domain' });
  });

  it('is done for whoever stays of merged leads, by any of their ids', async () => {
    const merge = decide('m', at('08:45'), { a: eve, b: dan });
    await world.deliver([asks('2', eve, 'Elsewhere'), merge]);
    await post(assign({ lead: leadIdOfEmail(dan) }));
    expect(await leadOf(eve)).toMatchObject({
      leadId: leadIdOfEmail(eve),
      match: { accountId: acme, rule: 'assigned' },
    });
  });

  it('is done once, however often it is sent and whatever came between', async () => {
    const once = assign({ id: 'x1' });
    await post(once);
    await world.advanceTo(at('09:10'));
    await post({ decision: 'undo', lead: dan, ...said }, 'r2');
    await world.advanceTo(at('12:00'));
    expect(documentOf(await post(once, 'r3'))).toEqual({ id: 'decision:x1' });
    expect(await leadOf(dan)).toMatchObject({ decision: { decision: 'undo' }, match: { rule: 'unmatched' } });
    await world.advanceTo('2026-11-21T23:59:00.000Z');
    await post(once, 'r4');
    expect(await leadOf(dan)).toMatchObject({ decision: { decision: 'undo' } });
  });

  it('is another decision once the next day is over', async () => {
    await post(assign({ id: 'x1' }));
    await world.advanceTo(at('09:10'));
    await post({ decision: 'undo', lead: dan, ...said }, 'r2');
    await world.advanceTo('2026-11-22T00:01:00.000Z');
    await post(assign({ id: 'x1' }), 'r3');
    expect(await leadOf(dan)).toMatchObject({ decision: { decision: 'assign', at: '2026-11-22T00:01:00.000Z' } });
  });

  it('is done once when it is sent again before the first was taken in', async () => {
    const body = JSON.stringify(assign({ id: 'x1' }));
    const send = () => call(decideBy!, { path: '/review/decisions', headers: decider, body });
    await send();
    await send();
    await world.runtime.settle();
    expect(await leadOf(dan)).toMatchObject({ decision: { id: 'decision:x1', decision: 'assign' } });
    const trail = allOf('trail', await world.embedded.table.query(leadKey(leadIdOfEmail(dan)).pk, 'TRAIL#'));
    expect(trail.flatMap(linesOf).filter(({ id }) => id === 'decision:x1')).toHaveLength(1);
  });
});

describe('to undo or to dismiss', () => {
  beforeEach(() => world.deliver([asks('1', dan, unlike), asks('2', 'same@gmail.com', unlike)]));
  const undo = (more: object = {}) => ({ decision: 'undo', lead: dan, ...said, ...more });

  it('an assignment takes back what it had remembered', async () => {
    const before = await leadOf(dan);
    await post(assign());
    expect((await leadOf('same@gmail.com')).accountId).toBe(acme);
    await world.advanceTo(at('09:10'));
    await post(undo(), 'r2');
    for (const email of [dan, 'same@gmail.com']) expect((await leadOf(email)).match?.rule).toBe('unmatched');
    const { match, tried, candidates } = await leadOf(dan);
    expect({ match, tried, candidates }).toEqual({
      match: before.match,
      tried: before.tried,
      candidates: before.candidates,
    });
    expect((await review()).size).toBe(2);
  });

  it('an assignment takes back what is still on its way to the name', async () => {
    await post(assign());
    await world.advanceTo(at('09:10'));
    const { embedded, playbook } = world;
    const get: typeof embedded.table.get = async (key) =>
      key.pk.startsWith('NAME#') ? undefined : embedded.table.get(key);
    const secrets = {
      readTokens: async () => [],
      crmCredentials: async () => undefined,
      decisionTokens: async () => ['token-2'],
      operatorTokens: async () => [],
      webhookSecrets: async () => [],
    };
    const ports = { clock: embedded.clock, table: { ...embedded.table, get }, playbook, log: silent, secrets };
    const early = createHandler({ ...ports, queue: embedded.queues.queue('prompt') });
    await call(early, { path: '/review/decisions', headers: decider, body: JSON.stringify(undo()), requestId: 'r2' });
    await world.runtime.settle();
    for (const email of [dan, 'same@gmail.com']) expect((await leadOf(email)).match?.rule).toBe('unmatched');
  });

  it('leaves what somebody said of that name since', async () => {
    const other = crm('b', at('08:00'), { object: 'account', externalId: 'B', name: 'North' });
    await world.deliver([other]);
    await post(assign());
    await world.advanceTo(at('09:10'));
    await post(assign({ lead: 'same@gmail.com', accountId: accountIdOfCrm('crm', 'B') }), 'r2');
    await world.advanceTo(at('09:20'));
    await post(undo(), 'r3');
    expect((await leadOf(dan)).match).toMatchObject({ accountId: accountIdOfCrm('crm', 'B'), rule: 'exact-name' });
  });

  it('a lead that is dismissed waits no longer, until that is undone', async () => {
    await post(undo({ decision: 'dismiss' }));
    expect((await review()).entries.map(({ email }) => email)).toEqual(['same@gmail.com']);
    expect(await leadOf(dan)).toMatchObject({ decision: { decision: 'dismiss', ...said }, review: null });
    await world.advanceTo(at('09:10'));
    await post(undo(), 'r2');
    expect((await review()).size).toBe(2);
  });
});

describe('what is refused', () => {
  beforeEach(() => world.deliver([asks('1', dan), pageView('v', at('08:00'), 'anon:1')]));

  it('a lead there is none of', async () => {
    expectProblem(await post(assign({ lead: 'nobody@gmail.com' })), 404);
  });

  it.each<[string, object, string]>([
    ['an account there is none of', assign({ accountId: 'acct_0123456789abcdef' }), 'accountId'],
    ['a visitor nobody knows', assign({ lead: leadIdOfVisitor('anon:1') }), 'lead'],
    ['to remember a company that is not stated', assign({ remember: { company: true } }), 'remember.company'],
    ['a mail provider’s domain', assign({ remember: { domain: true } }), 'remember.domain'],
    ['a mail provider’s domain by name', assign({ remember: { domain: 'gmail.com' } }), 'remember.domain'],
    ['what is no domain', assign({ remember: { domain: 'Acme Ltd' } }), 'remember.domain'],
    ['no country', assign({ remember: { company: 'A', country: 'Nowhere' } }), 'remember.country'],
  ])('%s', async (_, body, field) => {
    expectProblem(await post(body), 422, [field]);
    expect(await leadOf(dan)).toMatchObject({ decision: null });
  });

  it.each<[string, object, string]>([
    ['to assign to nothing', assign({ accountId: undefined }), 'accountId'],
    ['what is no account’s id', assign({ accountId: soloAccountId('lead_1') }), 'accountId'],
    ['an account where none is needed', { ...assign(), decision: 'dismiss' }, 'accountId'],
    ['to remember what is undone', { decision: 'undo', lead: dan, ...said, remember: {} }, 'remember'],
    ['nobody decided', assign({ by: '' }), 'by'],
    ['no reason', assign({ why: undefined }), 'why'],
    ['no lead', assign({ lead: 'Dan' }), 'lead'],
    ['what is not known', assign({ sure: true }), 'sure'],
  ])('%s', async (_, body, field) => {
    const response = await post(body);
    expectProblem(response, 400, [field]);
    expect(response.body).not.toContain(dan);
  });

  it('whoever has no token, or one to read', async () => {
    expectProblem(await post(assign(), 'r1', { 'content-type': 'application/json' }), 401);
    expectProblem(await post(assign(), 'r1', json), 401);
    expect(await leadOf(dan)).toMatchObject({ decision: null });
  });

  it('everybody, while the table cannot be read', async () => {
    const { embedded, playbook } = world;
    const table = { ...embedded.table, get: () => Promise.reject(new Error('away')) };
    const secrets = {
      readTokens: async () => ['token-1'],
      crmCredentials: async () => undefined,
      decisionTokens: async () => ['token-2'],
      operatorTokens: async () => [],
      webhookSecrets: async () => [],
    };
    const queue = embedded.queues.queue('prompt');
    const broken = createHandler({ clock: embedded.clock, log: silent, table, playbook, secrets, queue });
    const sent = { path: '/review/decisions', headers: decider, body: JSON.stringify(assign()) };
    expectProblem(await call(broken, sent), 503);
  });
});
