// What is left out of a bundle is not missed: bundled, the CRM clients ask the very same of HubSpot and Pipedrive as unbundled, and make
// the same of the answers.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundle } from '../../infra/bundle.ts';
import * as hubspot from '../../lib/adapters/crm/hubspot.ts';
import * as pipedrive from '../../lib/adapters/crm/pipedrive.ts';
import type { Crm } from '../../lib/crm.ts';
import type { StubCrm } from '../crm/stub-crm.ts';
import { openStubHubspot } from '../crm/stub-hubspot.ts';
import { openStubPipedrive } from '../crm/stub-pipedrive.ts';

const folder = mkdtempSync(join(tmpdir(), 'muster-bundled-crm-'));
const bundled = (name: string): string => join(folder, name, 'index.mjs');
const at = Date.parse('2026-11-20T09:00:00.000Z');
const writeBack = { person: { status: 'muster_status' }, account: { grade: 'muster_grade' } };

beforeAll(async () => {
  const entries = join(import.meta.dirname, '../../lib/adapters/crm');
  await bundle({ entries, names: ['hubspot', 'pipedrive'], out: folder });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What each call of the port comes to, and what it asked. */
async function asked<Kind extends string>(stub: StubCrm<Kind>, [person, account]: [Kind, Kind], crm: Crm) {
  const fate = (promise: Promise<unknown>) => promise.catch(({ code, message }) => ({ code, message }));
  const [one, two] = [await stub.create(person, { name: 'A' }, '1'), await stub.create(person, { name: 'B' }, '2')];
  const [three, four] = [
    await stub.create(account, { name: 'C' }, '3'),
    await stub.create(account, { name: 'D' }, '4'),
  ];
  const since = new Date(at).toISOString();
  const update = { object: 'person', externalId: one, values: { status: 'Nurture' } } as const;
  const outcomes = [
    await fate(
      crm.write([update, { ...update, externalId: '9' }, { ...update, object: 'account', values: { grade: 'A' } }]),
    ),
    await fate(crm.changedSince('person', since)),
    await fate(crm.changedSince('opportunity', since)),
    await fate(crm.changedSince('person', since, (await crm.changedSince('person', since)).next)),
    await fate(crm.merge('person', one, two)),
    await fate(crm.merge('account', three, four)),
    await fate(crm.merge('person', one, '9')),
  ];
  stub.failNext({ status: 400 });
  outcomes.push(await fate(crm.write([update])));
  stub.failNext({ status: 429 });
  outcomes.push(await fate(crm.write([update])));
  stub.failNext({ status: 401 });
  outcomes.push(await fate(crm.write([update])));
  const requests = stub.requests.map(({ headers: { host: _, ...headers }, ...request }) => ({ ...request, headers }));
  await stub.close();
  return { outcomes, requests };
}

it.each(['hubspot', 'pipedrive'])('%s is at most 250 KB', (name) => {
  expect(statSync(bundled(name)).size).toBeLessThanOrEqual(250_000);
});

it('asks HubSpot the same', async () => {
  const run = async ({ createHubspot }: typeof hubspot) => {
    const stub = await openStubHubspot({ clientSecret: 'c', portalId: 1, accessToken: 'token', now: () => at });
    const connection = { kind: 'hubspot', portalId: 1, apiUrl: stub.url, writeBack } as const;
    return asked(stub, ['contacts', 'companies'], createHubspot({ connection, credentials: { accessToken: 'token' } }));
  };
  const asIs = await run(hubspot);
  expect(await run(await import(pathToFileURL(bundled('hubspot')).href))).toEqual(asIs);
  expect(asIs.outcomes).toHaveLength(10);
  expect(asIs.outcomes[0]).toEqual([{ outcome: 'written' }, { outcome: 'gone' }, { outcome: 'gone' }]);
});

it('asks Pipedrive the same', async () => {
  const run = async ({ createPipedrive }: typeof pipedrive) => {
    const stub = await openStubPipedrive({ basicAuth: 'a:b', companyId: 1, apiToken: 'token', now: () => at });
    const connection = { kind: 'pipedrive', companyId: 1, apiUrl: stub.url, writeBack } as const;
    return asked(stub, ['person', 'organization'], createPipedrive({ connection, credentials: { apiToken: 'token' } }));
  };
  const asIs = await run(pipedrive);
  expect(await run(await import(pathToFileURL(bundled('pipedrive')).href))).toEqual(asIs);
  expect(asIs.outcomes[4]).toEqual({ outcome: 'written' });
});
