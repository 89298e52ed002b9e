// What the console shows, read from the table.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { accountIdOfCrm, accountIdOfDomain, leadIdOfEmail, soloAccountId } from '../../lib/domain/ids.ts';
import { listAccounts, readAccount } from '../../lib/steps/read-accounts.ts';
import { crm, demoRequest, pageView } from '../simulation/lines.ts';
import { openWorld, type World } from '../simulation/world.ts';

const at = (time: string): string => `2026-11-20T${time}.000Z`;
let world: World;
beforeEach(async () => {
  world = await openWorld(at('09:00:00'));
});
afterEach(() => world.close());

const ports = () => ({ ...world.embedded, playbook: world.playbook });

it('lists accounts, those assessed last first, those without company too', async () => {
  await world.deliver([demoRequest('a', at('08:00:00'), 'bea@acme.example', { profile: { company: 'Acme' } })]);
  await world.advanceTo(at('09:10:00'));
  await world.deliver([demoRequest('b', at('09:10:00'), 'dan@gmail.com')]);

  expect(await listAccounts(ports())).toEqual({
    accounts: [
      {
        accountId: soloAccountId(leadIdOfEmail('dan@gmail.com')),
        ...{ name: null, domain: null, status: expect.any(String), score: 30, updatedAt: at('09:10:00') },
      },
      {
        accountId: accountIdOfDomain('acme.example'),
        ...{ name: 'Acme', domain: 'acme.example', status: 'Qualified', score: 30, updatedAt: at('09:00:00') },
      },
    ],
    serverTime: at('09:10:00'),
  });
});

it('shows an account with its people, their touches over all browsers, owner, clock and mails', async () => {
  await world.deliver([
    pageView('v', at('07:00:00'), 'anon:1', '/pricing'),
    demoRequest('f', at('08:00:00'), 'bea@acme.example', {
      person: { email: 'bea@acme.example', visitor: 'anon:1' },
      profile: { firstName: 'Bea', jobTitle: 'Head of IT' },
    }),
  ]);
  const view = await readAccount(ports(), accountIdOfDomain('acme.example'));

  expect(view?.account).toMatchObject({
    matched: true,
    domain: 'acme.example',
    owner: 'ada@seller.example',
    status: 'Qualified',
    statusSince: at('09:00:00'),
    // One person adds at most three times what one of engagement 3 has.
    score: 30,
    parts: [{ kind: 'member', label: 'Bea', points: 30, of: 71, weight: 1, trimmed: 41 }],
    anonymousVisitors: 0,
    version: 1,
  });
  const [lead] = view!.leads;
  expect(lead).toMatchObject({
    email: 'bea@acme.example',
    profile: { firstName: 'Bea', jobTitle: 'Head of IT' },
    match: { rule: 'mail-domain' },
    grade: 'A1',
    assignment: { email: 'ada@seller.example', assignedAt: at('09:00:00') },
    sla: { startedAt: at('09:00:00'), dueAt: at('13:00:00'), breachedAt: null, met: null },
  });
  expect(lead!.parts.reduce((sum, { points }) => sum + points, 0)).toBe(lead!.score);
  expect(lead!.touches.map(({ id, title, signals }) => [id, title, signals])).toEqual([
    ['f', 'demo-request', ['demo-request']],
    ['v', 'https://www.seller.example/pricing', ['pricing', 'any-page']],
  ]);
  expect(view!.notices.map(({ to, state }) => [to, state]).sort()).toEqual([
    ['ada@seller.example', 'sent'],
    ['bea@acme.example', 'sent'],
  ]);
});

it('shows by which way an owner was found, what their clock has used by now, and what sellers did', async () => {
  await world.deliver([demoRequest('f', at('08:00:00'), 'bea@acme.example')]);
  await world.advanceTo(at('09:30:00'));
  const about = { source: 'action', receivedAt: at('09:30:00'), lead: leadIdOfEmail('bea@acme.example') } as const;
  const pause = { ...about, type: 'action-captured.v1', id: 'action:p', occurredAt: at('09:20:00') } as const;
  await world.deliver([{ ...pause, action: { does: 'pause' }, by: 'ada@seller.example', why: 'On holiday.' }]);
  const view = await readAccount(ports(), accountIdOfDomain('acme.example'));
  const [lead] = view!.leads;

  expect(lead).toMatchObject({
    assignment: { email: 'ada@seller.example', turn: 1, history: [] },
    waiting: null,
    // It rests since 09:20.
    sla: { used: { ms: 20 * 60_000, at: at('09:30:00') }, rests: [{ from: at('09:20:00') }] },
    actions: [{ does: 'pause', by: { email: 'ada@seller.example' }, why: 'On holiday.' }],
  });
  expect(lead!.sla!.goesOnAt! >= lead!.sla!.rests[0]!.to).toBe(true);
  expect(lead!.assignment!.explanation.at(-1)).toMatchObject({ tried: 'default pool', held: true });
  expect(lead!.sla!.steps.map(({ do: does, to }) => [does, to.map(({ email }) => email)])).toEqual([
    ['remind', ['ada@seller.example']],
    ['escalate', [expect.stringContaining('@')]],
  ]);
  expect(view!.events.filter(({ type }) => type === 'lead-routed.v1')).toMatchObject([
    { to: lead!.assignment!.name, at: at('09:00:00') },
  ]);
});

it('shows a lead no browser that turned out to be somebody else’s', async () => {
  await world.deliver([
    demoRequest('b', at('08:30:00'), 'ben@acme.example', { person: { email: 'ben@acme.example', visitor: 'anon:1' } }),
    pageView('v', at('07:00:00'), 'anon:1'),
  ]);
  await world.deliver([
    demoRequest('a', at('08:00:00'), 'bea@acme.example', { person: { email: 'bea@acme.example', visitor: 'anon:1' } }),
  ]);
  const view = await readAccount(ports(), accountIdOfDomain('acme.example'));
  const touches = Object.fromEntries(view!.leads.map(({ email, touches }) => [email, touches.map(({ id }) => id)]));

  expect(touches).toEqual({ 'bea@acme.example': ['a', 'v'], 'ben@acme.example': ['b'] });
});

it('shows the owner the CRM names, and nobody of an account that left', async () => {
  await world.deliver([demoRequest('f', at('08:00:00'), 'bea@acme.example')]);
  const owned = { domains: ['acme.example'], ownerEmail: 'zoe@seller.example' };
  await world.deliver([crm('a', at('08:30:00'), { object: 'account', externalId: 'A', ...owned })]);
  const left = await readAccount(ports(), accountIdOfDomain('acme.example'));
  const now = await readAccount(ports(), accountIdOfCrm('crm', 'A'));

  expect(left?.leads).toEqual([]);
  expect(now?.account.owner).toBe('zoe@seller.example');
  expect(now?.leads.map(({ email, assignment }) => [email, assignment?.email])).toEqual([
    ['bea@acme.example', 'zoe@seller.example'],
  ]);
});

it('knows no account that is none', async () => {
  expect(await readAccount(ports(), 'acct_none')).toBeUndefined();
  expect((await listAccounts(ports())).accounts).toEqual([]);
});
