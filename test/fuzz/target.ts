// The embedded edition behind its own gateway, with somebody and something of everything in it, for requests to be fired at. Its steps
// do not run while it is: what is written then, a request wrote.
import { createHmac } from 'node:crypto';
import { openMuster } from '../../cli/embedded.ts';
import { loadPlaybook } from '../../cli/load-playbook.ts';
import { routesOf } from '../../cli/routes.ts';
import { playbookFileOf } from '../../cli/tenant-playbook.ts';
import { loadTenant } from '../../infra/tenant.ts';
import { openGateway } from '../../lib/adapters/embedded/http-gateway.ts';
import { actionLink } from '../../lib/domain/action-links.ts';
import { accountIdOfDomain, leadIdOfEmail } from '../../lib/domain/ids.ts';
import type { Operation } from '../../lib/domain/operations.ts';
import type { Log, Table, User } from '../../lib/ports.ts';
import { savePlaybook } from '../../lib/steps/playbooks.ts';
import { replacing } from '../../lib/table/items.ts';
import { crmRequestKey, operationKey } from '../../lib/table/keys.ts';
import { demoRequest, message } from '../simulation/lines.ts';
import { organisationId } from '../sources/salesforce-messages.ts';

const secret = { crm: `whsec_${Buffer.from('of the crm').toString('base64')}`, sf: 'sf-secret', link: 'link-secret' };
const tokens = { read: 'fuzz-read', decision: 'fuzz-decision', operator: 'fuzz-operator' };
const users: Readonly<Record<string, User>> = {
  'fuzz-rep': { email: 'ada@demo.example', groups: ['rep'] },
  'fuzz-admin': { email: 'root@demo.example', groups: ['admin'] },
};
const connections = {
  crm: { kind: 'signed' },
  hubspot: { kind: 'hubspot', portalId: 1 },
  sf: { kind: 'salesforce', organisationId },
} as const;

const demo = loadTenant('demo');
const tenant = { ...demo, crm: connections };
const emails = ['bea@acme.example', 'dan@globex.example'] as const;

/** Lines of the log as text. */
const rememberingLog = () => {
  const lines: string[] = [];
  const at = (level: string) => (text: string, fields?: object) => {
    lines.push(JSON.stringify({ level, text, ...fields }));
  };
  return { lines, log: { info: at('info'), warn: at('warn'), error: at('error') } satisfies Log };
};

const asked = { by: 'ops@demo.example', why: 'To look at it.' };
const crmRequestAt = (at: string) => {
  const wants = { call: 'merge', object: 'person', into: '1', from: '2' } as const;
  const request = {
    type: 'crm-requested.v1',
    requestId: 'ask_feed01',
    at,
    source: 'hubspot',
    wants,
    ...asked,
  } as const;
  return { requestId: 'ask_feed01', request, tries: 1, state: 'waiting', since: at } as const;
};
const operationAt = (at: string): Operation => ({
  ...{ operationId: 'op_feed01', asked: { operation: 'release' }, ...asked, at, since: at },
  ...{ state: 'done', slices: 1, report: { counts: { released: 0 } } },
});

/** What paths of requests name that no request makes at once. */
export const writeKnown = async (table: Pick<Table, 'write'>, now: string): Promise<void> => {
  await table.write(
    replacing(undefined, { ...crmRequestKey('ask_feed01'), type: 'crm-request', ...crmRequestAt(now) }),
  );
  await table.write(replacing(undefined, { ...operationKey('op_feed01'), type: 'operation', ...operationAt(now) }));
};

const tomorrow = Math.floor(Date.now() / 1_000) + 86_400;
const link = (does: 'good' | 'bad', exp = tomorrow) => {
  const action = { leadId: leadIdOfEmail(emails[0]), assignmentId: 'asg_1', does, exp };
  return actionLink('', secret.link, action).slice('/act/'.length);
};
/** Tokens of links in mails. */
export const links = { good: link('good'), bad: link('bad'), expired: link('good', 1_000_000) };

export const openTarget = async () => {
  const { lines, log } = rememberingLog();
  const secrets = {
    webhooks: { crm: [secret.crm], hubspot: ['hubspot-secret'], sf: [secret.sf] },
    readTokens: [tokens.read],
    decisionTokens: [tokens.decision],
    operatorTokens: [tokens.operator],
    linkSecrets: [secret.link],
  };
  const muster = openMuster({ path: ':memory:', log, secrets, crms: { connections, crmOf: async () => undefined } });
  const { source, playbook } = loadPlaybook(playbookFileOf('demo'));
  await savePlaybook(muster.embedded, source, playbook);
  const now = new Date().toISOString();
  await muster.embedded.queues
    .queue('prompt')
    .send(emails.map((email, n) => message([demoRequest(`f${n}`, now, email)])));
  await muster.runtime.settle();
  await writeKnown(muster.embedded.table, now);
  const gateway = await openGateway(routesOf(muster, tenant, { userOf: async (token) => users[token] }), { log });
  const changes = muster.embedded.database.prepare('SELECT total_changes() AS changes');
  return {
    muster,
    logged: lines,
    port: Number(new URL(gateway.url).port),
    /** Rows written since it was opened: of items, messages, timers, the outbox, anything. */
    written: (): number => Number((changes.get() as { changes: number }).changes),
    links,
    close: async () => {
      await gateway.close();
      await muster.embedded.close();
    },
  };
};
export type Target = Awaited<ReturnType<typeof openTarget>>;

/** Headers of Standard Webhooks. */
export const signed = (body: Buffer, id: string): Record<string, string> => {
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const key = Buffer.from(secret.crm.replace('whsec_', ''), 'base64');
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${mac}` };
};

export const writeKey = demo.web.writeKeys[0]!;
export const known = {
  tokens,
  secret,
  emails,
  salesforceSecret: secret.sf,
  users: Object.keys(users),
  leads: emails.map(leadIdOfEmail),
  accounts: emails.map((email) => accountIdOfDomain(email.split('@')[1]!)),
};
