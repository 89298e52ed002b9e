// `muster attainment` prints the API's report as a table, or as it is.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { muster } from './run.ts';

const row = {
  count: 3,
  met: 2,
  breached: 1,
  open: 0,
  repP50: 90_000,
  repP90: 600_000,
  systemP50: 1_200,
  systemP90: null,
};
const report = {
  ...{ from: '2026-W46', to: '2026-W47', total: row },
  ...{ rep: [{ name: 'ada@seller.example', ...row }], team: [], grade: [{ name: 'A1', ...row }], week: [] },
};
let server: Server;
const asked: (string | undefined)[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url);
    response.end(JSON.stringify(report));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());

const attainment = (...options: string[]) =>
  muster(
    'attainment',
    '--url',
    `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    '--token',
    'x',
    ...options,
  );

it('has a row for each rep, and one of all', { timeout: 30_000 }, async () => {
  const { stdout } = await attainment('--from', '2026-W46', '--to', '2026-W47');
  expect(stdout.trim().split(/\r?\n/)).toEqual([
    'rep,count,met,breached,open,rep_median_minutes,rep_p90_minutes,system_median_minutes,system_p90_minutes',
    'ada@seller.example,3,2,1,0,1.5,10.0,0.0,',
    'total,3,2,1,0,1.5,10.0,0.0,',
  ]);
  expect(asked).toEqual(['/api/attainment?from=2026-W46&to=2026-W47']);
});

it('has rows by something else, or everything as JSON', { timeout: 30_000 }, async () => {
  expect((await attainment('--by', 'grade')).stdout).toContain('A1,3,2,1,0');
  expect(JSON.parse((await attainment('--format', 'json')).stdout)).toEqual(report);
});

it('says what is no week', { timeout: 30_000 }, async () => {
  expect((await attainment('--from', '2026-11')).stderr).toContain('a week is written as 2026-W47');
});
