// The read API on the embedded adapters: who may read, what they get, and that nothing else is told.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpHandler } from '../../functions/http/api.ts';
import { createHandler } from '../../functions/read-api.ts';
import { accountIdOfDomain } from '../../lib/domain/ids.ts';
import type { AccountView } from '../../lib/steps/read-accounts.ts';
import type { QualityPage } from '../../lib/steps/read-quality.ts';
import { demoRequest } from '../simulation/lines.ts';
import { openWorld, silent, type World } from '../simulation/world.ts';
import { call, documentOf, expectProblem } from './capture-harness.ts';

const token = 'token-1';
const site = 'https://www.example.com';
const accountId = accountIdOfDomain('acme.example');
let world: World;
let handler: HttpHandler;
beforeAll(async () => {
  world = await openWorld('2026-11-20T09:30:00.000Z');
  const profile = { company: 'Acme' };
  await world.deliver([demoRequest('f1', '2026-11-20T09:30:00.000Z', 'bea@acme.example', { profile })]);
  const { table, clock } = world.embedded;
  const { playbook } = world;
  const secrets = {
    readTokens: async () => ['older', token],
    crmCredentials: async () => undefined,
    decisionTokens: async () => [],
    operatorTokens: async () => [],
    webhookSecrets: async () => [],
  };
  handler = createHandler({ table, clock, playbook, secrets, log: silent, allowedOrigins: [site] });
});
afterAll(() => world.close());

const get = (path: string, headers: Record<string, string> = { authorization: `Bearer ${token}` }, method = 'GET') =>
  call(handler, { method, path, headers });

describe('who may read', () => {
  it.each([
    ['nobody without a token', {}],
    ['nobody with another', { authorization: 'Bearer token-2' }],
    ['nobody with a longer', { authorization: `Bearer ${token}1` }],
    ['nobody with an empty one', { authorization: 'Bearer ' }],
    ['nobody with a password', { authorization: `Basic ${Buffer.from(`${token}:`).toString('base64')}` }],
  ])('%s', async (_, headers) => {
    const response = await get('/api/accounts', headers as Record<string, string>);
    expectProblem(response, 401);
    expect(response.headers?.['www-authenticate']).toBe('Bearer');
    expect(response.body).not.toContain('acme');
  });

  it.each(['older', token])('whoever has one of the live tokens: %s', async (live) => {
    expect((await get('/api/accounts', { authorization: `bearer ${live}` })).statusCode).toBe(200);
  });

  it('nobody knows while the tokens cannot be read', async () => {
    const { playbook, embedded } = world;
    const { table, clock } = embedded;
    const secrets = {
      readTokens: () => Promise.reject(new Error('away')),
      crmCredentials: async () => undefined,
      decisionTokens: async () => [],
      operatorTokens: async () => [],
      webhookSecrets: async () => [],
    };
    const broken = createHandler({ table, clock, playbook, secrets, log: silent, allowedOrigins: [] });
    const response = await call(broken, {
      method: 'GET',
      path: '/api/accounts',
      headers: { authorization: 'Bearer x' },
    });
    expectProblem(response, 503);
    expect(response.body).not.toContain('away');
  });
});

describe('what they get', () => {
  it('the accounts', async () => {
    const response = await get('/api/accounts');
    expect(response.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
    expect(documentOf(response)).toMatchObject({
      accounts: [{ accountId, domain: 'acme.example', status: 'Qualified' }],
    });
  });

  it('one of them, with its people', async () => {
    expect(documentOf(await get(`/api/accounts/${accountId}`))).toMatchObject({
      account: { accountId, matched: true },
      leads: [{ email: 'bea@acme.example', status: 'Qualified', assignment: { email: 'ada@seller.example' } }],
    });
  });

  it('its score as parts that add up, each with the touches behind it', async () => {
    const { account, leads } = documentOf(await get(`/api/accounts/${accountId}`)) as unknown as AccountView;
    const sumOf = (parts: readonly { points: number }[]): number => parts.reduce((sum, { points }) => sum + points, 0);
    expect(sumOf(account.parts)).toBe(account.score);
    expect(leads[0]!.parts.map(({ rule, count, points }) => [rule, count, points])).toEqual([['demo-request', 1, 60]]);
    expect(leads[0]!.touches.map(({ id, signals }) => [id, signals])).toEqual([['f1', ['demo-request']]]);
  });

  it('the same behind a stage’s path', async () => {
    expect((await get(`/demo/api/accounts/${accountId}`)).statusCode).toBe(200);
  });

  it.each([
    '/api/accounts/acct_none',
    '/api/accounts/',
    '/api/accounts/..%2f..',
    '/api/accounts/ACCOUNT%23x',
    `/api/accounts/${accountId}/leads`,
    '/api/leads',
    `/api/accounts/${'a'.repeat(101)}`,
  ])('404 for %s', async (path) => expectProblem(await get(path), 404));

  it('405 for anything but reading', async () => {
    const response = await get('/api/accounts', { authorization: `Bearer ${token}` }, 'POST');
    expectProblem(response, 405);
    expect(response.headers?.allow).toBe('GET, OPTIONS');
  });
});

describe('data quality', () => {
  const authorization = `Bearer ${token}`;
  const quality = (query = '', path = '/api/data-quality') =>
    call(handler, { method: 'GET', path, query, headers: { authorization } });

  it('is counted page by page', async () => {
    const { counts, accounts, next } = documentOf(await quality()) as unknown as QualityPage;
    expect(accounts).toBe(1);
    expect(counts).toContainEqual({
      ...{ field: 'company', source: 'form', people: 1, missing: 0, malformed: 0, contradictory: 0 },
    });
    const last = documentOf(await quality(`cursor=${next}`));
    expect(last).toMatchObject({ counts: [], accounts: 0, next: null });
    expect(documentOf(await quality('', '/demo/api/data-quality'))).toMatchObject({ counts });
  });

  it.each([
    ['nothing', ''],
    ['what is no base64', '%F0%9F%8D%8A'],
    ['what is none of ours', Buffer.from('{"after":"x"}').toString('base64url')],
    ['one half', Buffer.from('2026-11-20T09:30:00.000Z').toString('base64url')],
    ['a moment that is none', Buffer.from('2026-11-20T09:30:00.000Z yesterday#acct_1').toString('base64url')],
  ])('is not counted from a cursor that is %s', async (_, cursor) => {
    const response = await quality(`cursor=${cursor}`);
    expectProblem(response, 400);
    expect(documentOf(response).detail).toContain('cursor');
  });

  it('is told to nobody without a token', async () => {
    expectProblem(await get('/api/data-quality', {}), 401);
  });
});

describe('a browser', () => {
  it('on the tenant’s site may read the answers, refusals too', async () => {
    const answered = await get('/api/accounts', { authorization: `Bearer ${token}`, origin: site });
    const refused = await get('/api/accounts', { origin: site });
    for (const { headers } of [answered, refused]) {
      expect(headers).toMatchObject({ 'access-control-allow-origin': site, vary: 'origin' });
    }
  });

  it('elsewhere may not', async () => {
    const response = await get('/api/accounts', { authorization: `Bearer ${token}`, origin: 'https://evil.example' });
    expect(response.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('asks first, without a token', async () => {
    const response = await get('/api/accounts', { origin: site }, 'OPTIONS');
    expect(response.statusCode).toBe(204);
    expect(response.headers).toMatchObject({
      'access-control-allow-origin': site,
      'access-control-allow-methods': 'GET',
      'access-control-allow-headers': expect.stringContaining('authorization'),
    });
  });
});
