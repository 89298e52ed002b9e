// `muster playbook check` as ops type it.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoPlaybookFile, demoPlaybookSource } from '../domain/playbooks.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const check = (file: string): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    execFile('node', ['cli/muster.ts', 'playbook', 'check', file], { timeout: 30_000 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });

it('says that the demo’s is in order, and what is in it', { timeout: 60_000 }, async () => {
  expect(await check(demoPlaybookFile)).toEqual({
    code: 0,
    stdout: expect.stringMatching(
      /playbook "Demo" is in order: \d+ forms, \d+ signals, \d+ fit rules, \d+ people\.\n$/,
    ),
    stderr: '',
  });
});

it('says what is wrong and where, as editors link it, and ends with 1', { timeout: 60_000 }, async () => {
  const path = join(folder, 'bad.yaml');
  writeFileSync(path, demoPlaybookSource().replace('match: { form: newsletter }', 'match: { form: newslettre }'));
  const { code, stdout, stderr } = await check(path);

  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/bad\.yaml:\d+:\d+ signals\.newsletter\.match\.form: no form is called newslettre/);
});

it('says that there is no such file', { timeout: 60_000 }, async () => {
  expect(await check(join(folder, 'none.yaml'))).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('no such file'),
  });
});
