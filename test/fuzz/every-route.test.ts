// Every route of the API is asked ten thousand times what its document has and what it has not: nothing fails here, every refusal is a
// problem document and leaves nothing behind, every answer is as documented, and no log repeats what was sent.
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openApiDocument } from '../../functions/http/openapi/document.ts';
import { openFire } from './fire.ts';
import { judgeOf } from './judge.ts';
import { type Fired, type Operation, requestsOf } from './requests.ts';
import { canary } from './spoil.ts';
import { openTarget, type Target } from './target.ts';

const seed = Number(process.env.MUSTER_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`fuzz: MUSTER_SEED=${seed}`);
const requestsInAll = 10_000;

const { paths, components } = openApiDocument();
const operations = Object.entries(paths)
  .flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation: operation as Operation })),
  )
  .map((one, place) => ({ ...one, place }));
const each = Math.ceil(requestsInAll / operations.length);

let target: Target;
let shots: ReturnType<typeof openFire>;
beforeAll(async () => {
  target = await openTarget();
  shots = openFire(target.port);
});
afterAll(async () => {
  shots.close();
  await target.close();
});

const shown = ({ method, url, headers, body }: Fired): string =>
  JSON.stringify({ method, url: url.slice(0, 200), headers, body: body?.toString('utf8').slice(0, 500) });

const counted: Record<string, Record<string, number>> = {};

it.each(operations)('$method $path', { timeout: 60_000 }, async ({ path, method, operation, place }) => {
  const judge = judgeOf(operation, components.schemas.Problem);
  const count: Record<string, number> = {};
  const faults: string[] = [];
  for (const fired of fc.sample(requestsOf(target, path, method, operation), { numRuns: each, seed: seed + place })) {
    const before = { written: target.written(), logged: target.logged.length };
    const answered = await shots.fire(fired);
    const fault = judge(answered);
    count[answered.status] = (count[answered.status] ?? 0) + 1;
    if (fault !== undefined) faults.push(`${fault} to ${shown(fired)}`);
    if (answered.status >= 400 && target.written() !== before.written)
      faults.push(`wrote although it answered ${answered.status} to ${shown(fired)}`);
    if (target.logged.slice(before.logged).some((line) => line.includes(canary)))
      faults.push(`logged what was sent: ${shown(fired)}`);
  }
  counted[`${method} ${path}`] = count;
  expect(faults.slice(0, 5)).toEqual([]);
  const [accepted, refused] = [
    Object.keys(count).some((status) => status < '400'),
    Object.keys(count).some((status) => status >= '400'),
  ];
  expect({ accepted, refused }).toEqual({ accepted: true, refused: true });
});

const raw = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(target.port, '127.0.0.1', () => socket.end(text));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });

it.each([
  ['two lengths', 'POST /forms/newsletter HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\ncontent-length: 5\r\n\r\n{}'],
  [
    'a length and chunks',
    'POST /v1/page HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  ['a length that is none', 'POST /v1/page HTTP/1.1\r\nhost: a\r\ncontent-length: many\r\n\r\n{}'],
  ['a header of 20 KB', `GET /api/accounts HTTP/1.1\r\nhost: a\r\nx: ${canary.repeat(1_300)}\r\n\r\n`],
  ['no HTTP at all', `${canary}\r\n\r\n`],
])('refuses %s with a problem document', async (_, text) => {
  const [before, logged] = [target.written(), target.logged.length];
  const answer = await raw(text);
  expect(answer).toMatch(/^HTTP\/1\.1 4\d\d [\s\S]*\r\n\r\n\{"type":"about:blank","title":"[^"]+","status":4\d\d\}$/);
  expect(answer).toContain('content-type: application/problem+json');
  expect(target.written()).toBe(before);
  expect(target.logged.slice(logged).join()).not.toContain(canary);
});

it('was asked of each as often as it should be', () => {
  for (const [route, count] of Object.entries(counted)) console.log(`${route}: ${JSON.stringify(count)}`);
  const all = Object.values(counted).flatMap((count) => Object.values(count));
  expect(all.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(requestsInAll);
});

it('took nothing that its steps cannot carry on', { timeout: 120_000 }, async () => {
  await target.muster.runtime.settle();
  // What failed waits for another try, with its failures counted, or is dead.
  const failed = target.muster.embedded.database
    .prepare('SELECT queue, body FROM messages WHERE failures > 0 UNION ALL SELECT queue, body FROM dead_letters')
    .all();
  expect(failed.slice(0, 3)).toEqual([]);
  expect(target.logged.filter((line) => line.includes(canary))).toEqual([]);
});
