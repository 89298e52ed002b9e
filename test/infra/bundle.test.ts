// Every function is within its budget and loads as Lambda would load it, and fold folds what it is sent.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { SQSBatchResponse } from 'aws-lambda';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { touchCapturedV1Sample } from '../../events/touch-captured.v1.ts';
import { bundle } from '../../infra/bundle.ts';
import { functionNames } from '../../infra/function-sizes.ts';
import { accountIdOfDomain } from '../../lib/domain/ids.ts';
import { livePlaybookKey, playbookVersionKey } from '../../lib/table/keys.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { functionEnvironment } from './function-environment.ts';
import { bytesOf, loadedFiles } from './loaded-files.ts';
import { type StubService, startStubService } from './stub-service.ts';

const folder = mkdtempSync(join(tmpdir(), 'muster-bundle-'));
const at = '2026-11-20T09:00:00.000Z';
const sourceMap = z.object({ sources: z.array(z.string()) });
const text = z.object({ S: z.string() });
const match = z.object({ M: z.object({ accountId: text }) });
const putOfLead = z.object({ Item: z.object({ type: z.object({ S: z.literal('lead') }), email: text, match }) });
let service: StubService;

beforeAll(async () => {
  service = await startStubService();
  for (const [name, value] of Object.entries(functionEnvironment)) vi.stubEnv(name, value);
  await bundle({ entries: join(import.meta.dirname, '../../functions/lambda'), names: functionNames, out: folder });
});

afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

const moduleOf = (name: string) => join(folder, name, 'index.mjs');

/** What a function parses as it starts is most of how long it takes to: all but the fold do with less. */
const bytesAtMost = (name: string): number => (name === 'fold' ? 600_000 : 530_000);

it.each(functionNames)('%s is as small as it can be, and loads', async (name) => {
  const own = join(folder, name);
  expect(bytesOf(own, loadedFiles(own))).toBeLessThanOrEqual(bytesAtMost(name));
  const { handler } = await import(pathToFileURL(moduleOf(name)).href);
  expect(handler).toBeTypeOf('function');
});

const sourcesOf = (name: string, files: Iterable<string>): string[] =>
  [...files].flatMap(
    (file) => sourceMap.parse(JSON.parse(readFileSync(join(folder, name, `${file}.map`), 'utf8'))).sources,
  );

// Each was a fifth of the start of functions that seldom asked it anything: what comes to one by a longer way loads that way when asked.
it.each([
  ['lib/domain/mail-lists.ts', ['capture-forms', 'fold']],
  ['lib/domain/names/word-meaning.ts', ['fold']],
  ['lib/domain/playbook/playbook.ts', []],
])('%s is loaded at the start of no function but %j', (source, wanted) => {
  const found = functionNames.filter((name) =>
    sourcesOf(name, loadedFiles(join(folder, name))).some((one) => one.endsWith(source)),
  );
  expect(found).toEqual(wanted);
});

// `instanceof` asks for the very class: of two copies of it one never meets the other's errors.
it.each(functionNames)('%s knows a conflict by one class, in whichever of its parts it is', (name) => {
  const files = readdirSync(join(folder, name)).filter((file) => file.endsWith('.mjs'));
  expect(sourcesOf(name, files).filter((source) => source.endsWith('lib/ports.ts')).length).toBeLessThanOrEqual(1);
});

it('panel hands out the document of the API', () => {
  const [own, checkedIn] = [
    join(folder, 'panel', 'panel', 'openapi.json'),
    join(import.meta.dirname, '../../docs/reference/openapi.json'),
  ];
  expect(readFileSync(own, 'utf8')).toBe(readFileSync(checkedIn, 'utf8'));
});

// Whatever CRMs a tenant has, their clients are loaded one by one: three together would be a megabyte.
it.each([
  'sync-crm',
  'pull-crm',
])('%s loads the client of one CRM beside itself, and is at most 600 KB then', (name) => {
  const own = join(folder, name);
  const loaded = loadedFiles(own);
  const parts = [...readFileSync(moduleOf(name), 'utf8').matchAll(/import\("\.\/(part-[^"]+)"\)/g)].map(
    ([, part]) => part!,
  );
  const clients = parts.filter((part) => /^part-(?:hubspot|pipedrive|salesforce)-/.test(part));
  expect(clients).toHaveLength(3);
  for (const client of clients) {
    expect(loaded.has(client)).toBe(false);
    expect(bytesOf(own, loadedFiles(own, client, loaded))).toBeLessThanOrEqual(600_000);
  }
});

it.each(functionNames)('%s asks no schema for JSON schema, which is left out', (name) => {
  const { sources } = sourceMap.parse(JSON.parse(readFileSync(`${moduleOf(name)}.map`, 'utf8')));
  const ours = sources.map((source) => join(folder, name, source)).filter((source) => !source.includes('node_modules'));
  expect(ours).not.toEqual([]);
  expect(ours.filter((source) => readFileSync(source, 'utf8').includes('JSONSchema'))).toEqual([]);
});

it('folds forms into leads of companies, and sees who is of none', async () => {
  const { handler } = await import(pathToFileURL(moduleOf('fold')).href);
  const touch = (id: string, email: string) => ({ ...touchCapturedV1Sample, id, person: { email }, profile: {} });
  const body = JSON.stringify([
    touch('1', 'bea@sales.acme.co.uk'),
    touch('2', 'cy@gmail.com'),
    touch('3', 'di@mailinator.com'),
  ]);
  const record = { messageId: 'm1', body, attributes: { ApproximateReceiveCount: '1' } };

  const live = { ...livePlaybookKey, type: 'playbook-live', version: 1, number: 1, since: at };
  const version = { ...playbookVersionKey(1), type: 'playbook-version', version: 1, number: 1, savedAt: at };
  service.answer(
    ...[live, { ...version, source: 'test', playbook: testPlaybook() }].map((item) => ({
      status: 200,
      body: { Item: marshall(item, { removeUndefinedValues: true }) },
    })),
    { status: 200, body: {} },
  );

  const answer: SQSBatchResponse = await handler({ Records: [record] }, { getRemainingTimeInMillis: () => 10_000 });

  expect(answer).toEqual({ batchItemFailures: [] });
  const leads = service.taken().flatMap(({ body }) => putOfLead.safeParse(body).data?.Item ?? []);
  const accountOf = new Map(leads.map((lead) => [lead.email.S, lead.match.M.accountId.S]));
  expect(accountOf.get('bea@sales.acme.co.uk')).toBe(accountIdOfDomain('acme.co.uk'));
  expect(accountOf.get('cy@gmail.com')).toMatch(/^solo_/);
  expect(accountOf.get('di@mailinator.com')).toMatch(/^solo_/);
});
