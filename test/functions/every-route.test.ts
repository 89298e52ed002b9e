// Every route of the API, asked by everybody there is, with the id of somebody else's: a new route is put into this table or fails here.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHandler as createDecisions } from '../../functions/capture-decisions.ts';
import { createHandler as createImport } from '../../functions/capture-import.ts';
import { createHandler as createCrmRequests } from '../../functions/crm-requests.ts';
import type { HttpHandler } from '../../functions/http/api.ts';
import { documentKinds } from '../../functions/http/documents.ts';
import { routes as apiRoutes } from '../../functions/http/openapi/routes.ts';
import { operationPlaces } from '../../functions/http/operation-documents.ts';
import { operationsTaken } from '../../functions/http/operation-requests.ts';
import { createHandler as createOperations } from '../../functions/operations.ts';
import { createHandler as createReadApi } from '../../functions/read-api.ts';
import { accessPolicy, type Group, groups, permissions } from '../../lib/domain/access.ts';
import { accountIdOfDomain, leadIdOfEmail } from '../../lib/domain/ids.ts';
import { readAudit } from '../../lib/steps/audit.ts';
import { demoRequest } from '../simulation/lines.ts';
import { openWorld, silent, type World } from '../simulation/world.ts';
import { call, documentOf } from './capture-harness.ts';

const at = '2026-11-20T09:30:00.000Z';
const [ada, ben] = ['ada@seller.example', 'ben@seller.example'];
// Given out in turn: the first is Ada's, the other Ben's.
const [adas, bens] = ['bea@acme.example', 'dan@globex.example'];
const account = (email: string) => accountIdOfDomain(email.split('@')[1]!);

const users: Readonly<Record<string, { email: string; groups: Group[] }>> = Object.fromEntries(
  groups.map((group) => [
    `user-${group}`,
    { email: group === 'rep' ? ada : `${group}@seller.example`, groups: [group] },
  ]),
);
const tokens = { read: 'token-read', decision: 'token-decision', operator: 'token-operator' };
const secrets = {
  readTokens: async () => [tokens.read],
  decisionTokens: async () => [tokens.decision],
  operatorTokens: async () => [tokens.operator],
  webhookSecrets: async () => [],
  crmCredentials: async () => undefined,
};
const callers = [...Object.keys(users), ...Object.values(tokens), 'token-of-nobody', ''] as const;

let world: World;
let handlers: Record<'read' | 'decisions' | 'import' | 'crm' | 'operations', HttpHandler>;
beforeAll(async () => {
  world = await openWorld(at);
  await world.deliver([demoRequest('f1', at, adas)]);
  await world.deliver([demoRequest('f2', at, bens)]);
  handlers = handlersWith('own');
});
afterAll(() => world.close());

const handlersWith = (reps: 'own' | 'all'): typeof handlers => {
  const { clock, table, queues, deadLetters } = world.embedded;
  const access = accessPolicy.parse({ reps });
  const signIn = { userOf: async (token: string) => users[token] };
  const ports = { clock, table, log: silent, secrets, signIn, access, playbook: world.playbook };
  const queue = queues.queue('prompt');
  const connections = { hubspot: { kind: 'hubspot', portalId: 1 } } as const;
  return {
    read: createReadApi({ ...ports, allowedOrigins: [] }),
    decisions: createDecisions({ ...ports, queue }),
    import: createImport({ ...ports, queue, connections }),
    crm: createCrmRequests({ ...ports, queue: queues.queue('sync-crm'), connections }),
    operations: createOperations({
      ...ports,
      metrics: world.embedded.meter.readings,
      deadLetters,
      queue: queues.queue('operate'),
    }),
  };
};

interface Asked {
  of: keyof typeof handlers;
  method?: 'GET';
  path: string;
  body?: object;
  /** What each is answered; 401 who is not named. A rep asks for what is Ben's. */
  answers: Partial<Record<(typeof callers)[number], number>>;
}
const all = (status: number, ...names: string[]) => Object.fromEntries(names.map((name) => [name, status]));
const people = (rep: number, manager: number, ops: number, admin: number) => ({
  ...{ 'user-rep': rep, 'user-manager': manager, 'user-ops': ops, 'user-admin': admin },
});
const get = (path: string, answers: Asked['answers']): Asked => ({ of: 'read', method: 'GET', path, answers });
const reads = all(200, tokens.read);
const decides = all(202, tokens.decision);
const operates = (status: number) => all(status, tokens.operator);
const by = { by: 'somebody else', why: 'A test.' };

/** By what the stack's template has as route, or what the handler behind one has. */
const table: Record<string, Asked[]> = {
  'GET /api/me': [get('/api/me', { ...people(200, 200, 200, 200), ...reads })],
  'GET /api/accounts': [
    get('/api/accounts', { ...people(200, 200, 200, 200), ...reads }),
    get(`/api/accounts/${account(bens)}`, { ...people(404, 200, 200, 200), ...reads }),
  ],
  'GET /api/leads': [get(`/api/leads/${leadIdOfEmail(bens)}`, { ...people(404, 200, 200, 200), ...reads })],
  'GET /api/attainment': [get('/api/attainment', { ...people(200, 200, 200, 200), ...reads })],
  'GET /api/review': [get('/api/review', { ...people(403, 200, 200, 200), ...reads })],
  'GET /api/data-quality': [get('/api/data-quality', { ...people(403, 200, 200, 200), ...reads })],
  'GET /api/crm-requests': [
    get('/api/crm-requests/ask_none', { ...people(404, 404, 404, 404), ...all(404, tokens.read) }),
  ],
  'GET /api/somewhere': [get('/api/somewhere', { ...people(404, 404, 404, 404), ...all(404, tokens.read) })],
  'POST /leads/actions': [
    {
      ...{ of: 'decisions', path: '/leads/actions' },
      body: { lead: bens, action: { does: 'good' }, by: ben },
      answers: { ...people(404, 202, 202, 202), ...decides },
    },
  ],
  'POST /identity/decisions': [
    {
      ...{ of: 'decisions', path: '/identity/decisions' },
      body: { decision: 'merge', a: adas, b: bens, ...by },
      answers: { ...people(403, 202, 202, 202), ...decides },
    },
  ],
  'POST /review/decisions': [
    {
      ...{ of: 'decisions', path: '/review/decisions' },
      body: { decision: 'dismiss', lead: bens, ...by },
      answers: { ...people(403, 202, 202, 202), ...decides },
    },
  ],
  'POST /crm-requests': [
    {
      ...{ of: 'crm', path: '/crm-requests' },
      body: { call: 'merge', connection: 'hubspot', object: 'person', into: '1', from: '2', ...by },
      answers: { ...people(403, 202, 202, 202), ...decides },
    },
  ],
  'POST /import/{what}': [
    {
      ...{ of: 'import', path: '/import/touches' },
      body: { touches: [{ id: 't1', kind: 'webinar', email: bens, occurredAt: at }] },
      answers: { ...people(403, 403, 202, 202), ...decides },
    },
  ],
  'POST /import/changes': [
    {
      ...{ of: 'import', path: '/import/changes' },
      body: {
        connection: 'hubspot',
        changes: [{ occurredAt: at, object: 'account', externalId: '1', name: 'Globex' }],
      },
      answers: { ...people(403, 403, 202, 202), ...decides },
    },
  ],
  'POST /operations': [
    {
      ...{ of: 'operations', path: '/operations', body: { operation: 'release', ...by } },
      answers: { ...people(403, 403, 202, 202), ...operates(202) },
    },
    {
      ...{
        of: 'operations',
        path: '/operations',
        body: { operation: 'erase-person', lead: leadIdOfEmail(bens), ...by },
      },
      answers: { ...people(403, 403, 403, 202), ...operates(202) },
    },
  ],
  'POST /operations/export-person': [
    {
      ...{ of: 'operations', path: '/operations/export-person', body: { lead: leadIdOfEmail(bens), ...by } },
      answers: { ...people(403, 403, 403, 200), ...operates(200) },
    },
    {
      ...{
        of: 'operations',
        path: '/operations/export-person',
        body: { lead: leadIdOfEmail(bens), cursor: 'nowhere', ...by },
      },
      answers: { ...people(403, 403, 403, 400), ...operates(400) },
    },
  ],
  'GET /operations/audit': [
    {
      of: 'operations',
      method: 'GET',
      path: '/operations/audit',
      answers: { ...people(403, 403, 200, 200), ...operates(200) },
    },
  ],
  'GET /operations/dead-letters': [
    {
      of: 'operations',
      method: 'GET',
      path: '/operations/dead-letters',
      answers: { ...people(403, 403, 200, 200), ...operates(200) },
    },
  ],
  'GET /operations/metrics': [
    {
      of: 'operations',
      method: 'GET',
      path: '/operations/metrics',
      answers: { ...people(403, 403, 200, 200), ...operates(200) },
    },
  ],
  'GET /operations/quarantine': [
    {
      of: 'operations',
      method: 'GET',
      path: '/operations/quarantine',
      answers: { ...people(403, 403, 200, 200), ...operates(200) },
    },
  ],
  'GET /operations/status': [
    {
      of: 'operations',
      method: 'GET',
      path: '/operations/status',
      answers: { ...people(403, 403, 200, 200), ...operates(200) },
    },
  ],
  'GET /operations/{id}': [
    {
      of: 'operations',
      method: 'GET',
      path: '/operations/op_0',
      answers: { ...people(403, 403, 404, 404), ...operates(404) },
    },
  ],
};

const asPattern = (path: string): RegExp => new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`);

it('is in the table: all that a permission is asked for, as documented and as handled', () => {
  const asked = Object.values(table).flat();
  const isAsked = (method: string, path: string): boolean =>
    asked.some((one) => (one.method ?? 'POST') === method && asPattern(path).test(one.path));
  const documented = apiRoutes
    .filter(({ caller }) => permissions.some((permission) => permission === caller))
    .map(({ method, path }) => [method.toUpperCase(), path] as const);
  expect(documented.length).toBeGreaterThan(15);
  expect(documented.filter(([method, path]) => !isAsked(method, path))).toEqual([]);
  const handled = [
    ...documentKinds.map((kind) => `GET /api/${kind}`),
    ...operationPlaces.map((place) => `GET /operations/${place}`),
    ...operationsTaken.map((place) => `POST /operations${place && `/${place}`}`),
  ];
  expect(handled.filter((route) => !(route in table))).toEqual([]);
});

const ask = ({ of, method, path, body }: Asked, token: string) =>
  call(handlers[of], {
    ...{ method: method ?? 'POST', path, requestId: `${token}-${path}` },
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    ...(body && { body: JSON.stringify(body) }),
  });

describe.each(Object.entries(table))('%s', (_, asked) => {
  it.each(callers)('asked by %s', async (caller) => {
    for (const one of asked) {
      const { statusCode } = await ask(one, caller);
      expect([one.path, statusCode]).toEqual([one.path, one.answers[caller] ?? 401]);
    }
  });
});

describe('a rep', () => {
  const asRep = async (path: string) => documentOf(await ask(get(path, {}), 'user-rep'));

  it('finds their own account, its lead, and no other in the list', async () => {
    const { accounts } = (await asRep('/api/accounts')) as { accounts: { accountId: string }[] };
    expect(accounts.map(({ accountId }) => accountId)).toEqual([account(adas)]);
    expect(await asRep(`/api/accounts/${account(adas)}`)).toMatchObject({ account: { accountId: account(adas) } });
    expect(await asRep(`/api/leads/${leadIdOfEmail(adas)}`)).toMatchObject({ leadId: leadIdOfEmail(adas) });
  });

  it('is answered somebody else’s as what is not there', async () => {
    const { requestId: _, ...none } = await asRep('/api/accounts/acct_0000000000000000');
    expect(await asRep(`/api/accounts/${account(bens)}`)).toMatchObject(none);
  });

  it('acts on their own, as themselves whatever the body says, and it is in the audit log once', async () => {
    const body = { id: 'once', lead: adas, action: { does: 'good' }, by: ben };
    const action: Asked = { of: 'decisions', path: '/leads/actions', body, answers: {} };
    for (const _ of [1, 2]) expect((await ask(action, 'user-rep')).statusCode).toBe(202);
    const { deeds } = (await readAudit(world.embedded.table, { from: null, to: null, cursor: null }, at))!;
    expect(deeds.filter(({ who }) => who === ada)).toEqual([
      { id: 'action:once', at, who: ada, via: 'user', what: 'lead.good', about: [leadIdOfEmail(adas)] },
    ]);
  });

  it('sees all where the tenant says so, and still acts on their own alone', async () => {
    const theirs = handlers;
    handlers = handlersWith('all');
    try {
      expect((await ask(get(`/api/accounts/${account(bens)}`, {}), 'user-rep')).statusCode).toBe(200);
      const { accounts } = (await asRep('/api/accounts')) as { accounts: object[] };
      expect(accounts).toHaveLength(2);
      expect((await ask(table['POST /leads/actions']![0]!, 'user-rep')).statusCode).toBe(404);
    } finally {
      handlers = theirs;
    }
  });
});

describe('the audit log', () => {
  const post = (of: keyof typeof handlers, path: string, token: string, body: object) =>
    ask({ of, path, body, answers: {} }, token);
  const deedsOf = async (who: string) =>
    (await readAudit(world.embedded.table, { from: null, to: null, cursor: null }, at))!.deeds.filter(
      (deed) => deed.who === who,
    );

  it('has what is sent under an id that was used before, by whoever sends it', async () => {
    const [manager, ops] = ['manager', 'ops'].map((group) => `user-${group}`) as [string, string];
    const first = { id: 'ticket-7', decision: 'dismiss', lead: adas, ...by };
    expect((await post('decisions', '/review/decisions', manager, first)).statusCode).toBe(202);
    const merge = { id: 'ticket-7', decision: 'merge', a: adas, b: bens, ...by };
    expect((await post('decisions', '/identity/decisions', ops, merge)).statusCode).toBe(202);
    expect(await deedsOf('ops@seller.example')).toContainEqual(
      expect.objectContaining({ id: 'decision:ticket-7', what: 'identity.merge' }),
    );
  });

  it('has an export once for all its pages, and of each person whose pages are read', async () => {
    const { table, clock, deadLetters, queues } = world.embedded;
    let now = clock.now();
    const operations = createOperations({
      ...{ table: { ...table, scan: (place: string | undefined) => table.scan(place, 10) }, log: silent, secrets },
      ...{ clock: { now: () => (now += 5_000) }, deadLetters, queue: queues.queue('operate') },
      signIn: { userOf: async () => ({ email: 'eve@seller.example', groups: ['admin'] }) },
    });
    const exported = async (email: string, cursor?: string | null) => {
      const body = JSON.stringify({ lead: leadIdOfEmail(email), ...(cursor && { cursor }), ...by });
      const headers = { 'content-type': 'application/json', authorization: 'Bearer eve' };
      return call(operations, { path: '/operations/export-person', body, headers });
    };
    const cursors: string[] = [];
    for (let next: string | null | undefined; next !== null; ) {
      const page = documentOf(await exported(bens, next)) as { next: string | null };
      next = page.next;
      if (next !== null) cursors.push(next);
    }
    expect(cursors.length).toBeGreaterThan(1);
    expect((await deedsOf('eve@seller.example')).map(({ about }) => about)).toEqual([[leadIdOfEmail(bens)]]);

    for (const cursor of cursors) expect((await exported(adas, cursor)).statusCode).toBe(200);
    const about = (await deedsOf('eve@seller.example')).flatMap((deed) => deed.about);
    expect(about.sort()).toEqual([leadIdOfEmail(adas), leadIdOfEmail(bens)].sort());
    expect((await exported(adas, cursors[0]!.split(' ')[1])).statusCode).toBe(400);
  });
});
