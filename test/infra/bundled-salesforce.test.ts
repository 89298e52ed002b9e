// Of jsforce most is left out of bundles. What is left says to Salesforce the very same, makes the same of the answers, and is small.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { bundle } from '../../infra/bundle.ts';
import { createSalesforce } from '../../lib/adapters/crm/salesforce.ts';
import type { Crm } from '../../lib/crm.ts';
import { noMapping } from '../../lib/domain/playbook/crm-mapping.ts';
import { openSalesforce, statusOf } from '../adapters/crm/salesforce-harness.ts';

const folder = mkdtempSync(join(tmpdir(), 'muster-bundled-salesforce-'));
const module = join(folder, 'salesforce', 'index.mjs');
let bundled: { createSalesforce: typeof createSalesforce };
const opened: Awaited<ReturnType<typeof openSalesforce>>[] = [];

beforeAll(async () => {
  await bundle({ entries: join(import.meta.dirname, '../../lib/adapters/crm'), names: ['salesforce'], out: folder });
  bundled = await import(pathToFileURL(module).href);
});
afterEach(async () => {
  for (const { salesforce } of opened.splice(0)) await salesforce.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Run = (crm: Required<Crm>, salesforce: (typeof opened)[number]['salesforce']) => Promise<unknown>;

/** What came of it and what was sent, each with a Salesforce of its own. */
async function both(run: Run) {
  const outcomes = [];
  for (const make of [createSalesforce, bundled.createSalesforce]) {
    const one = await openSalesforce({ make, mapping: noMapping, pageSize: 2 });
    opened.push(one);
    const came = await run(one.crm, one.salesforce).catch(({ name, code, message }) => ({
      name: typeof name,
      code,
      message,
    }));
    const sent = one.salesforce.requests.map(({ method, path, headers, body }) => ({
      ...{ method, path, body: JSON.stringify(body).replaceAll(/!\p{Hex_Digit}{8}-[\w-]{27}/gu, '!…') },
      headers: { ...headers, host: undefined, authorization: headers.authorization?.toString().split('!')[0] },
    }));
    outcomes.push({ came, sent });
  }
  const [asIs, asBundled] = outcomes;
  expect(asBundled).toEqual(asIs);
  return asBundled!;
}

it('is a quarter of a megabyte, of 600 KB that a function may have', () => {
  expect(statSync(module).size).toBeLessThanOrEqual(250_000);
});

it('writes', async () => {
  const { came } = await both(async (crm, salesforce) => {
    const ids = [
      await salesforce.create('Lead', { LastName: 'Größe' }),
      await salesforce.create('Account', { Name: 'A' }),
    ];
    return crm.write([
      statusOf(ids[0]!, 'Größe 日本'),
      statusOf(ids[1]!, 'x'.repeat(256), 'account'),
      statusOf('', ''),
    ]);
  });
  expect(came).toMatchObject([{ outcome: 'written' }, { outcome: 'refused' }, { outcome: 'refused' }]);
});

it('pulls, page by page', async () => {
  const { came } = await both(async (crm, salesforce) => {
    for (const Name of ['A', 'B', 'C']) await salesforce.create('Account', { Name });
    const first = await crm.changedSince('account', '2026-01-01T00:00:00Z');
    return [first, await crm.changedSince('account', '2026-01-01T00:00:00Z', first.next)];
  });
  expect(came).toMatchObject([{ records: [{ Name: 'A' }, { Name: 'B' }] }, { records: [{ Name: 'C' }] }]);
});

it('merges and converts', async () => {
  const { came } = await both(async (crm, salesforce) => {
    const [a, b] = [
      await salesforce.create('Account', { Name: 'A' }),
      await salesforce.create('Account', { Name: 'B' }),
    ];
    const lead = await salesforce.create('Lead', { LastName: 'Buyer & Sons', Company: 'A' });
    return [
      await crm.merge('account', a, b),
      await crm.merge('account', b, '0015e0000099999AAA'),
      await crm.convert(lead, a),
    ];
  });
  expect(came).toMatchObject([{ outcome: 'written' }, { outcome: 'gone' }, { outcome: 'written' }]);
});

it('signs in anew, and gives up on what does not answer as it should', async () => {
  const pull: Run = (crm) => crm.changedSince('contract', '2026-01-01T00:00:00Z');
  const again = await both(async (crm, salesforce) => {
    await pull(crm, salesforce);
    salesforce.endSessions();
    salesforce.failNext('reset', { where: 'queryAll' });
    return pull(crm, salesforce);
  });
  expect(again.came).toEqual({ records: [] });
  const failures = [
    { status: 503 },
    { status: 200, body: 'a,b\nc,d', headers: { 'content-type': 'text/csv' } },
  ] as const;
  for (const failure of failures) {
    const failed = await both(async (crm, salesforce) => {
      salesforce.failNext(failure, { times: 3, where: 'queryAll' });
      return pull(crm, salesforce);
    });
    expect(failed.came).toMatchObject({ code: 'crm-unavailable' });
  }
});
