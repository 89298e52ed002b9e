// What somebody did about a lead by way of the API: who may say so, what is refused, and what becomes of the lead.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../functions/capture-decisions.ts';
import { leadIdOfEmail, leadIdOfVisitor } from '../../lib/domain/ids.ts';
import { readLead } from '../../lib/steps/read-lead.ts';
import { allOf, type ItemType } from '../../lib/table/items.ts';
import { linesOf } from '../../lib/table/trail.ts';
import { crm, demoRequest } from '../simulation/lines.ts';
import { openWorld, silent, type World } from '../simulation/world.ts';
import { call, documentOf, expectProblem } from './capture-harness.ts';

const at = '2026-11-20T09:30:00.000Z';
const bea = 'bea@acme.example';
const ada = 'ada@seller.example';
const followUp = { lead: bea, action: { does: 'follow-up', how: 'call' }, by: ada };
const headers = { 'content-type': 'application/json', authorization: 'Bearer token-2' };
let world: World;
beforeEach(async () => {
  world = await openWorld(at);
  await world.deliver([demoRequest('f1', at, bea)]);
});
afterEach(() => world.close());

const post = async (body: object, requestId = 'r1', given = headers) => {
  const { playbook, embedded } = world;
  const secrets = {
    readTokens: async () => ['token-1'],
    crmCredentials: async () => undefined,
    decisionTokens: async () => ['token-2'],
    operatorTokens: async () => [],
    webhookSecrets: async () => [],
  };
  const { clock, table, queues } = embedded;
  const handler = createHandler({ clock, log: silent, secrets, table, playbook, queue: queues.queue('prompt') });
  const response = await call(handler, {
    path: '/leads/actions',
    headers: given,
    body: JSON.stringify(body),
    requestId,
  });
  await world.runtime.settle();
  return response;
};
const itemsOf = <Type extends ItemType>(type: Type) => allOf(type, world.items());
const statusNow = () => itemsOf('lead-assessment')[0]?.assessment.status;
const actionsKept = () =>
  itemsOf('trail')
    .flatMap(linesOf)
    .filter(({ type }) => type === 'action-captured.v1');

describe('an action', () => {
  it('is taken, and its id answered', async () => {
    const response = await post(followUp);
    expect(response.statusCode).toBe(202);
    expect(documentOf(response)).toEqual({ id: 'action:r1' });
    expect(documentOf(await post({ ...followUp, id: 'call-7' }))).toEqual({ id: 'action:call-7' });
  });

  it('by which somebody followed up makes the lead Sales Working', async () => {
    expect(statusNow()).toBe('Qualified');
    expect(itemsOf('sla').map(({ clock }) => clock.stoppedAt)).toEqual([undefined]);
    await post(followUp);
    expect(statusNow()).toBe('Sales Working');
    expect(itemsOf('sla')).toMatchObject([{ clock: { stoppedAt: at, met: true } }]);
  });

  it.each([
    ['not-now', 'Nurture'],
    ['spam', 'Disqualified'],
  ])('by which it is bad, because %s, makes it %s', async (reason, status) => {
    await post({ ...followUp, action: { does: 'bad', reason } });
    expect(statusNow()).toBe(status);
  });

  it('counts from when it was, never from later than now', async () => {
    await post({ ...followUp, action: { does: 'bad', reason: 'spam' }, occurredAt: '2026-11-20T10:25:00+01:00' });
    await post({ ...followUp, action: { does: 'bad', reason: 'not-now' }, occurredAt: '2026-11-20T09:34:00Z' }, 'r2');
    expect(actionsKept().map(({ occurredAt }) => occurredAt)).toEqual(['2026-11-20T09:25:00.000Z', at]);
  });

  it('sent again with its id is one', async () => {
    for (const requestId of ['r1', 'r2']) await post({ ...followUp, id: 'call-7' }, requestId);
    expect(actionsKept()).toHaveLength(1);
  });
});

describe('a bad lead', () => {
  const later = '2026-11-23T10:00:00.000Z';
  const bad = (reason: string) => post({ ...followUp, action: { does: 'bad', reason } }, reason);

  it('stays what it is when somebody calls it all the same', async () => {
    await bad('not-now');
    await world.advanceTo(later);
    await post(followUp, 'r2');
    expect(statusNow()).toBe('Nurture');
  });

  it('comes back from nurture by something new of its own', async () => {
    await bad('not-now');
    await world.advanceTo(later);
    await world.deliver([demoRequest('f2', later, bea)]);
    expect(statusNow()).toBe('Qualified');
  });

  it('that is disqualified comes back only when somebody says otherwise later: another reason, or the CRM', async () => {
    await bad('spam');
    await world.advanceTo(later);
    await world.deliver([demoRequest('f2', later, bea)]);
    expect(statusNow()).toBe('Disqualified');
    const change = { object: 'person', externalId: 'p1', email: bea, stage: 'open' } as const;
    await world.deliver([crm('c0', '2026-11-20T09:00:00.000Z', change)]);
    expect(statusNow()).toBe('Disqualified');
    await world.deliver([crm('c1', later, change)]);
    expect(statusNow()).toBe('Qualified');
  });
});

describe('what is refused', () => {
  it('whoever has no token, or one to read', async () => {
    expectProblem(await post(followUp, 'r1', { ...headers, authorization: '' }), 401);
    expectProblem(await post(followUp, 'r1', { ...headers, authorization: 'Bearer token-1' }), 401);
  });

  it.each<[string, object, string[]]>([
    ['nobody', { ...followUp, lead: 'nobody' }, ['lead']],
    ['a browser', { ...followUp, lead: leadIdOfVisitor('1') }, ['lead']],
    ['nothing done', { ...followUp, action: undefined }, ['action']],
    ['what nobody does', { ...followUp, action: { does: 'erase' } }, ['action.does']],
    ['no way there is', { ...followUp, action: { does: 'follow-up', how: 'pigeon' } }, ['action.how']],
    ['bad without a reason', { ...followUp, action: { does: 'bad' } }, ['action.reason']],
    ['a stage of one’s own', { ...followUp, action: { does: 'bad', reason: 'spam', stage: 'open' } }, ['action.stage']],
    ['by nobody', { ...followUp, by: 'Ada' }, ['by']],
    ['an empty note', { ...followUp, why: '' }, ['why']],
    ['ahead of time', { ...followUp, occurredAt: '2026-11-20T09:36:00Z' }, ['occurredAt']],
    ['no moment', { ...followUp, occurredAt: 'yesterday' }, ['occurredAt']],
    [
      'a hand-over in the past',
      { ...followUp, action: { does: 'hand-over' }, occurredAt: '2026-11-20T09:00:00Z' },
      ['occurredAt'],
    ],
    ['a pause that is over', { ...followUp, action: { does: 'pause', until: at } }, ['action.until']],
    ['what is not known', { ...followUp, sure: true }, ['sure']],
  ])('%s', async (_, body, fields) => {
    const response = await post(body);
    expectProblem(response, 400, fields);
    expect(response.body).not.toContain(bea);
  });

  it.each([
    [{ does: 'reassign', to: 'nobody@seller.example' }, 'action.to'],
    [{ does: 'bad', reason: 'dull' }, 'action.reason'],
  ])('%o, which the playbook does not know', async (action, field) => {
    expectProblem(await post({ ...followUp, action }), 422, [field]);
  });

  it('a lead nobody knows, and nobody is made of it', async () => {
    expectProblem(await post({ ...followUp, lead: 'eve@new.example' }), 404);
    expect(await readLead(world.embedded.table, leadIdOfEmail('eve@new.example'))).toBeUndefined();
  });
});
