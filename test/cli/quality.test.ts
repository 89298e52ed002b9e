// `muster quality` of a running Muster says what it says of a journal of the same facts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Started, start } from '../../cli/start.ts';
import { root } from '../architecture/house.ts';
import { silent } from '../simulation/world.ts';
import { muster, temporaryFolder } from './run.ts';

const playbook = join(root, 'docs/playbooks/starter.yaml');
const journal = 'docs/examples/quality.ndjson';
const { path } = temporaryFolder();
let running: Started;
beforeAll(async () => {
  running = await start({ data: path('state'), port: 0, log: silent, playbook });
  const lines = readFileSync(join(root, journal), 'utf8').trim().split('\n');
  await running.muster.embedded.queues.queue('prompt').send(lines.map((line) => `[${line}]`));
});
afterAll(() => running.stop());

const quality = (...options: string[]) => muster('quality', ...options);

it('counts the same, page by page', { timeout: 60_000 }, async () => {
  const where = ['--url', `${running.apiUrl}/`, '--token', running.readToken];
  const [csv, json] = await Promise.all([
    quality('--playbook', playbook, '--facts', journal),
    quality('--playbook', playbook, '--facts', journal, '--format', 'json'),
  ]);
  expect(csv.stdout).toContain('country,form,2,0,1,0');
  await vi.waitFor(async () => expect(await quality(...where)).toEqual(csv), { timeout: 30_000 });
  expect(await quality(...where, '--format', 'json')).toEqual(json);
});

it.each([
  ['neither a journal nor an address', [], 'one of both is needed'],
  ['both', ['--facts', journal, '--url', 'http://127.0.0.1:1'], 'one of both is needed'],
  ['a journal alone', ['--facts', journal], '--facts needs --playbook'],
  ['an address alone', ['--url', 'http://127.0.0.1:1'], '--url needs --token'],
  ['an address where nobody is', ['--url', 'http://127.0.0.1:1', '--token', 'x'], 'does not answer'],
])('says what is wrong with %s', { timeout: 30_000 }, async (_, options, expected) => {
  const { code, stdout, stderr } = await quality(...options);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(expected);
});

it('says so when the token is not known', { timeout: 30_000 }, async () => {
  const { code, stderr } = await quality('--url', running.apiUrl, '--token', 'x');
  expect(code).toBe(1);
  expect(stderr).toContain('answered 401');
});
