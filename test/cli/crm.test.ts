// `muster crm` against a running Muster and a stub of HubSpot.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { crmCommand } from '../../cli/crm.ts';
import { type Started, start } from '../../cli/start.ts';
import { loadTenant } from '../../infra/tenant.ts';
import { openStubHubspot } from '../crm/stub-hubspot.ts';
import { silent } from '../simulation/world.ts';

const [data, tenants] = ['data', 'tenants'].map((of) => mkdtempSync(join(tmpdir(), `muster-crm-${of}-`))) as [
  string,
  string,
];
let muster: Started;
let hubspot: Awaited<ReturnType<typeof openStubHubspot>>;
beforeAll(async () => {
  const accessToken = 'hubspot-access-token';
  hubspot = await openStubHubspot({ clientSecret: 'app-secret', accessToken, portalId: 1 });
  const { name, ...demo } = loadTenant('demo');
  const connection = { kind: 'hubspot', portalId: 1, apiUrl: hubspot.url };
  const crm = { ...demo.crm, hubspot: connection, other: connection };
  writeFileSync(join(tenants, `${name}.yaml`), JSON.stringify({ ...demo, crm }));
  writeFileSync(join(data, 'crm.json'), JSON.stringify({ webhooks: {}, api: { hubspot: { accessToken } } }));
  const playbook = join(import.meta.dirname, '../../infra/tenants/demo.playbook.yaml');
  muster = await start({ data, tenants, playbook, port: 0, log: silent });
});
afterAll(async () => {
  await muster.stop();
  await hubspot.close();
  for (const folder of [data, tenants]) rmSync(folder, { recursive: true });
});

const contact = (email: string) => hubspot.create('contacts', { email });
const said = ['--by', 'ops@seller.example', '--why', 'Said on the phone.'];

/** What it prints as JSON, what it says besides, and the error it ends with. */
const crm = async (...args: string[]) => {
  const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const hinted = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    const token = args[0] === 'show' ? muster.readToken : muster.decisionToken;
    const command = crmCommand();
    for (const one of command.commands) one.exitOverride().configureOutput({ writeErr: () => undefined });
    const error = await command.parseAsync([...args, '--url', muster.apiUrl, '--token', token], { from: 'user' }).then(
      () => undefined,
      (thrown: Error) => thrown.message,
    );
    const text = printed.mock.calls[0]?.[0];
    return { error, document: text && JSON.parse(String(text)), hint: String(hinted.mock.calls[0]?.[0] ?? '') };
  } finally {
    printed.mockRestore();
    hinted.mockRestore();
  }
};
const waiting = () => ['--read-token', muster.readToken];
const merge = (into: string, from: string, ...more: string[]) =>
  crm('merge', 'person', into, from, '--connection', 'hubspot', ...said, ...more);

it('has two contacts merged, waits for it, and shows it again', async () => {
  const [into, from] = [await contact('bea@acme.example'), await contact('buyer@acme.example')];
  const { document, error } = await merge(into, from, ...waiting());

  expect(error).toBeUndefined();
  const expected = { state: 'written', connection: 'hubspot', by: said[1], why: said[3], tries: 1 };
  expect(document).toMatchObject({ ...expected, wants: { call: 'merge', object: 'person', into, from } });
  expect(hubspot.record('contacts', into)?.properties.hs_merged_object_ids).toBe(from);
  expect((await crm('show', document.id)).document).toEqual(document);
});

it('does not wait without a read token, and says how to look', async () => {
  const [into, from] = [await contact('cyd@acme.example'), await contact('cyd2@acme.example')];
  const { document, hint } = await merge(into, from);

  expect(Object.keys(document)).toEqual(['id']);
  expect(hint).toContain(`muster crm show ${document.id}`);
});

it('ends badly where the CRM has no such record, and again where that is asked again', async () => {
  const into = await contact('dan@acme.example');
  for (const _ of [1, 2]) {
    const { document, error } = await merge(into, '999999', ...waiting());
    expect(document).toMatchObject({ state: 'gone', tries: 1 });
    expect(error).toContain('no such record');
  }
  expect((await merge(into, '999999', ...waiting())).document.before).toHaveLength(2);
});

it('says what it waits for where the connection has no credentials', async () => {
  const asked = ['merge', 'account', '1', '2', '--connection', 'other', ...said, ...waiting(), '--wait', '2'];
  const { document, error, hint } = await crm(...asked);

  expect(error).toBeUndefined();
  expect(document).toMatchObject({ state: 'waiting', detail: 'the connection has no credentials' });
  expect(hint).toContain('no credentials');
});

it.each<[string, string[], RegExp]>([
  [
    'a connection there is none of',
    ['merge', 'person', '1', '2', '--connection', 'zoho'],
    /connection .*hubspot, other/,
  ],
  ['a connection without an API', ['merge', 'person', '1', '2', '--connection', 'crm'], /connection has no API/],
  ['a record and itself', ['merge', 'person', '1', '1', '--connection', 'hubspot'], /into itself/],
  ['what is no id', ['merge', 'person', '1', 'x', '--connection', 'hubspot'], /from is no id/],
  ['what cannot be merged', ['merge', 'deal', '1', '2', '--connection', 'hubspot'], /person, account/],
  ['a conversion where there are no leads', ['convert', '1', '--connection', 'hubspot'], /only Salesforce/],
])('refuses %s', async (_, args, message) => {
  expect((await crm(...args, ...said)).error).toMatch(message);
});

it('refuses what nobody gives a reason for, and shows nothing that nobody asked', async () => {
  expect((await crm('merge', 'person', '1', '2', '--connection', 'hubspot', '--by', 'x')).error).toMatch(/--why/);
  expect((await crm('show', 'ask_0')).error).toContain('There is no such request');
});

it('says that it cannot be undone', () => {
  const [merging, converting] = crmCommand().commands.map((one) => one.helpInformation());
  expect(merging).toMatch(/cannot be\s+undone/);
  expect(converting).toMatch(/cannot be\s+undone/);
});
