// The audit log: noted once, read by days and pages, gone when its time is over, and before what it notes.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHandler } from '../../functions/capture-import.ts';
import { createVirtualClock } from '../../lib/adapters/embedded/clock.ts';
import { type Embedded, openEmbedded } from '../../lib/adapters/embedded/open.ts';
import type { Deed } from '../../lib/domain/deeds.ts';
import { noteDeed, readAudit } from '../../lib/steps/audit.ts';
import { savePlaybook } from '../../lib/steps/playbooks.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { call, rememberingPorts } from '../functions/capture-harness.ts';

const now = '2026-11-22T09:00:00.000Z';
const day = 86_400_000;
let clock: ReturnType<typeof createVirtualClock>;
let embedded: Embedded;
beforeEach(() => {
  clock = createVirtualClock(Date.parse(now));
  embedded = openEmbedded({ path: ':memory:', clock });
});
afterEach(() => embedded.close());

const deed = (id: string, at = now): Deed => ({
  ...{ id, at, who: 'ada@seller.example', via: 'user', what: 'lead.good', about: ['lead_1'] },
});
const note = (...deeds: Deed[]) =>
  Promise.all(deeds.map((one) => noteDeed({ table: embedded.table, auditDays: 30 }, one)));
const read = (asked: Partial<Parameters<typeof readAudit>[1]> = {}) =>
  readAudit(embedded.table, { from: null, to: null, cursor: null, ...asked }, now);
const idsOf = (page: Awaited<ReturnType<typeof read>>) => page?.deeds.map(({ id }) => id);

it('has a deed once, as it was first noted, however often and late it is sent again', async () => {
  await note(deed('a'));
  await note(deed('a'), deed('a', '2026-11-22T09:05:00.000Z'));
  expect((await read())?.deeds).toEqual([deed('a')]);
});

it('has another deed beside one of its id: whoever sends chooses the id, and hides nothing by it', async () => {
  const others: Deed[] = [
    { ...deed('a'), who: 'ben@seller.example' },
    { ...deed('a'), what: 'lead.bad' },
    { ...deed('a'), about: ['lead_2'] },
    { ...deed('a'), saidBy: 'ben' },
  ];
  await note(deed('a'), ...others);
  const { table } = embedded;
  for (const sent of ['one body', 'another', 'another']) await noteDeed({ table, auditDays: 30 }, deed('a'), { sent });
  const { deeds } = (await read())!;
  expect(deeds).toHaveLength(7);
  expect(deeds).toEqual(expect.arrayContaining([deed('a'), ...others]));
});

it('is read from one day to another, in the order of time', async () => {
  await note(
    deed('c', '2026-11-22T08:00:00.000Z'),
    deed('b', '2026-11-21T23:59:59.999Z'),
    deed('a', '2026-11-20T00:00:00.000Z'),
  );
  expect(idsOf(await read({ from: '2026-11-20' }))).toEqual(['a', 'b', 'c']);
  expect(idsOf(await read({ from: '2026-11-20', to: '2026-11-21' }))).toEqual(['a', 'b']);
  expect(idsOf(await read())).toEqual(['c']);
});

it('goes on from page to page, over days, with none left out and none twice', async () => {
  const ids = Array.from({ length: 450 }, (_, n) => `d${String(n).padStart(3, '0')}`);
  const at = (n: number) => new Date(Date.parse('2026-11-20T00:00:00.000Z') + n * 500_000).toISOString();
  await note(...ids.map((id, n) => deed(id, at(n))));
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof read>> = await read({ from: '2026-11-20', cursor });
    expect(page!.deeds.length).toBeLessThanOrEqual(200);
    seen.push(...idsOf(page)!);
    cursor = page!.next;
  } while (cursor !== null);
  expect(seen).toEqual(ids);
});

it('goes on between deeds of one moment and one id', async () => {
  const about = Array.from({ length: 201 }, (_, n) => `lead_${n}`);
  await note(...about.map((id) => ({ ...deed('same'), about: [id] })));
  const first = (await read())!;
  const second = (await read({ cursor: first.next }))!;
  expect([first.deeds.length, second.deeds.length, second.next]).toEqual([200, 1, null]);
  expect(new Set([...first.deeds, ...second.deeds].flatMap((one) => one.about)).size).toBe(201);
});

it.each([
  [{ from: '2026-11-31' }],
  [{ from: 'yesterday' }],
  [{ from: '2026-11-23' }],
  [{ from: '2026-10-01' }],
  [{ cursor: 'none' }],
  [{ cursor: Buffer.from('2026-01-01T00:00:00.000Z#x').toString('base64url') }],
])('answers nothing to %o', async (asked) => {
  expect(await read(asked)).toBeUndefined();
});

it('keeps a deed as long as the tenant says', async () => {
  await note(deed('a'));
  clock.advanceTo(Date.parse(now) + 29 * day);
  expect(idsOf(await read({ from: '2026-11-22' }))).toEqual(['a']);
  clock.advanceTo(Date.parse(now) + 31 * day);
  expect(idsOf(await read({ from: '2026-11-22' }))).toEqual([]);
});

it('has who saved a playbook, with the version, and nothing where it was live already', async () => {
  const said = { who: 'ops@machine', auditDays: 30 };
  for (const _ of [1, 2]) await savePlaybook(embedded, 'text', testPlaybook(), said);
  expect((await read())?.deeds).toEqual([
    { id: 'playbook:1', at: now, who: 'ops@machine', via: 'command', what: 'playbook.save', about: ['version-1'] },
  ]);
});

it('comes first: what cannot be noted is not done', async () => {
  const { ports, bodies } = rememberingPorts();
  const secrets = {
    ...{ readTokens: async () => [], decisionTokens: async () => ['t'], operatorTokens: async () => [] },
    ...{ webhookSecrets: async () => [], crmCredentials: async () => undefined },
  };
  const write = async () => {
    throw new Error('away');
  };
  const handler = createHandler({ ...ports, secrets, connections: {}, table: { write } });
  const touches = [{ id: 't1', kind: 'webinar', email: 'bea@acme.example', occurredAt: now }];
  const { statusCode } = await call(handler, {
    ...{ path: '/import/touches', body: JSON.stringify({ touches }) },
    headers: { 'content-type': 'application/json', authorization: 'Bearer t' },
  });
  expect([statusCode, bodies]).toEqual([503, []]);
});
