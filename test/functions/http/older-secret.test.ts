// Whoever replaces a secret sees in the log who still uses the old one: by the secret's name in the request's line, and never by its value.
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { createHandler as actionsHandler } from '../../../functions/capture-actions.ts';
import { createHandler as crmHandler } from '../../../functions/capture-crm.ts';
import { getRoute } from '../../../functions/http/api.ts';
import { requireCaller } from '../../../functions/http/caller.ts';
import type { Permission } from '../../../lib/domain/access.ts';
import { actionLink } from '../../../lib/domain/action-links.ts';
import { testPlaybook } from '../../domain/playbooks.ts';
import { call, now, rememberingPorts, type Sent } from '../capture-harness.ts';

const live = ['the-new-one', 'the-old-one'] as const;
const secrets = {
  webhookSecrets: async () => live.map((one) => `whsec_${Buffer.from(one).toString('base64')}`),
  crmCredentials: async () => undefined,
  readTokens: async () => live.map((one) => `read-${one}`),
  decisionTokens: async () => live.map((one) => `decide-${one}`),
  operatorTokens: async () => live.map((one) => `operate-${one}`),
  linkSecrets: async () => live,
};

type Use = (secret: string) => [handler: Parameters<typeof call>[0], sent: Sent];
type Ports = ReturnType<typeof rememberingPorts>['ports'];

const asks =
  (permission: Permission, kind: string) =>
  (ports: Ports): Use =>
  (secret) => [
    getRoute(ports, async (event) => {
      await requireCaller(event, { secrets }, permission);
      return { statusCode: 200, body: 'done' };
    }),
    { method: 'GET', headers: { authorization: `Bearer ${kind}-${secret}` } },
  ];

const follows =
  (ports: Ports): Use =>
  (secret) => {
    const action = { leadId: 'lead_1', assignmentId: 'evt_1', does: 'good', exp: now / 1_000 + 60 } as const;
    const token = actionLink('', secret, action).slice('/act/'.length);
    const playbook = async () => testPlaybook();
    return [actionsHandler({ ...ports, secrets, playbook }), { method: 'GET', parameters: { token } }];
  };

const reports =
  (ports: Ports): Use =>
  (secret) => {
    const change = { kind: 'person', externalId: 'p1', email: 'bea@acme.example' };
    const body = JSON.stringify({ changes: [{ occurredAt: new Date(now).toISOString(), ...change }] });
    const at = String(now / 1_000);
    const signature = createHmac('sha256', secret).update(`d1.${at}.${body}`).digest('base64');
    const headers = { 'webhook-id': 'd1', 'webhook-timestamp': at, 'webhook-signature': `v1,${signature}` };
    const connections = { theirs: { kind: 'signed' } } as const;
    return [
      crmHandler({ ...ports, secrets, connections, playbook: async () => testPlaybook() }),
      { parameters: { source: 'theirs' }, headers: { ...headers, 'content-type': 'application/json' }, body },
    ];
  };

const passes =
  (ports: Ports): Use =>
  (secret) => [
    getRoute({ ...ports, edge: async () => live }, async () => ({ statusCode: 200, body: 'done' })),
    { method: 'GET', headers: { 'x-muster-edge': secret } },
  ];

test.each([
  ['read', asks('read', 'read')],
  ['decisions', asks('decide', 'decide')],
  ['operators', asks('operate', 'operate')],
  ['links', follows],
  ['crm/theirs', reports],
  ['edge', passes],
] as const)('%s', async (name, use) => {
  const logged = async (secret: string) => {
    const remembering = rememberingPorts();
    const { statusCode } = await call(...use(remembering.ports)(secret));
    expect(statusCode).not.toBe(401);
    expect(JSON.stringify(remembering.logged)).not.toContain(secret);
    const line = remembering.logged.find(({ message }) => message === 'request');
    return [line?.fields?.status === 403, line?.fields?.olderSecret];
  };
  expect([await logged('the-new-one'), await logged('the-old-one')]).toEqual([
    [false, undefined],
    [false, name],
  ]);
});
