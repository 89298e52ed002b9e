// Decisions on identities by way of the API: who may make one, what is refused, and that every old id answers for who stays.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../functions/capture-decisions.ts';
import type { HttpHandler } from '../../functions/http/api.ts';
import { createHandler as createReadApi } from '../../functions/read-api.ts';
import { leadIdOfEmail, leadIdOfVisitor } from '../../lib/domain/ids.ts';
import { demoRequest } from '../simulation/lines.ts';
import { openWorld, silent, type World } from '../simulation/world.ts';
import { call, documentOf, expectProblem } from './capture-harness.ts';

const at = '2026-11-20T09:30:00.000Z';
const [bea, dan] = ['bea@acme.example', 'dan@gmail.com'];
const decision = { decision: 'merge', a: bea, b: dan, by: 'ops@seller.example', why: 'Said on the phone.' };
const json = { 'content-type': 'application/json' };
const reader = { ...json, authorization: 'Bearer token-1' };
const authorised = { ...json, authorization: 'Bearer token-2' };
let world: World;
let [decide, read]: HttpHandler[] = [];
beforeEach(async () => {
  world = await openWorld(at);
  const { playbook, embedded } = world;
  const secrets = {
    readTokens: async () => ['token-1'],
    crmCredentials: async () => undefined,
    decisionTokens: async () => ['token-2'],
    operatorTokens: async () => [],
    webhookSecrets: async () => [],
  };
  const ports = { clock: embedded.clock, log: silent, secrets, allowedOrigins: [] };
  decide = createHandler({ ...ports, table: embedded.table, playbook, queue: embedded.queues.queue('prompt') });
  read = createReadApi({ ...ports, table: embedded.table, playbook });
  await world.deliver([
    demoRequest('f1', at, bea),
    demoRequest('f2', at, dan, { person: { email: dan, visitor: 'anon:1' } }),
  ]);
});
afterEach(() => world.close());

const post = async (
  body: object,
  { headers = authorised, requestId = 'r1' }: { headers?: Record<string, string>; requestId?: string } = {},
) => {
  const response = await call(decide!, { path: '/identity/decisions', headers, body: JSON.stringify(body), requestId });
  await world.runtime.settle();
  return response;
};
const leadOf = async (id: string) =>
  documentOf(await call(read!, { method: 'GET', path: `/api/leads/${id}`, headers: reader }));

describe('a merge', () => {
  it('leaves one lead, which every old id answers for, with who decided and why', async () => {
    const response = await post(decision);
    expect(response.statusCode).toBe(202);
    expect(documentOf(response)).toEqual({ id: 'decision:r1' });

    const [beasId, dansId, browser] = [leadIdOfEmail(bea), leadIdOfEmail(dan), leadIdOfVisitor('anon:1')];
    const merges = [
      { id: 'decision:r1', decision: 'merge', a: beasId, b: dansId, at, by: decision.by, why: decision.why },
    ];
    for (const askedFor of [beasId, dansId, browser]) {
      const expected = { askedFor, leadId: beasId, email: bea, identities: [beasId, dansId, browser], merges };
      expect(await leadOf(askedFor)).toMatchObject(expected);
    }
  });

  it('is undone by a separation, and both are shown again', async () => {
    await post(decision);
    await post({ ...decision, decision: 'separate', why: 'Two after all.' }, { requestId: 'r2' });

    expect(await leadOf(leadIdOfEmail(dan))).toMatchObject({
      leadId: leadIdOfEmail(dan),
      merges: [{ decision: 'separate' }],
    });
    expect(await leadOf(leadIdOfEmail(bea))).toMatchObject({
      leadId: leadIdOfEmail(bea),
      merges: [{ why: 'Two after all.' }],
    });
  });
});

describe('what is refused', () => {
  it('whoever has no token, or one to read', async () => {
    expectProblem(await post(decision, { headers: json }), 401);
    expectProblem(await post(decision, { headers: reader }), 401);
  });

  it.each<[string, object, string]>([
    ['nobody decided', { ...decision, by: '' }, 'by'],
    ['no reason', { ...decision, why: undefined }, 'why'],
    ['somebody and themselves', { ...decision, b: bea.toUpperCase() }, 'a, b'],
    ['no address', { ...decision, b: 'nobody' }, 'a, b'],
    ['two browsers', { ...decision, a: leadIdOfVisitor('1'), b: leadIdOfVisitor('2') }, 'a, b'],
    ['what is not known', { ...decision, sure: true }, 'sure'],
  ])('%s', async (_, body, field) => {
    const response = await post(body);
    expectProblem(response, 400);
    expect(documentOf(response)).toMatchObject({ errors: [{ field }] });
    expect(response.body).not.toContain(bea);
  });

  it('another address, and an id nobody has', async () => {
    expectProblem(await call(decide!, { path: '/identity/others', headers: authorised, body: '{}' }), 404);
    expectProblem(await call(read!, { method: 'GET', path: '/api/leads/lead_0', headers: reader }), 404);
  });
});
