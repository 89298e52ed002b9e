// `muster playbook check`, `diff` and `schema` as ops type them.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { demoPlaybookFile, demoPlaybookSource } from '../domain/playbooks.ts';
import { muster, temporaryFolder } from './run.ts';

const { file, path } = temporaryFolder();
const playbook = (...args: string[]) => muster('playbook', ...args);

it('says that the demo’s is in order, and what is in it', { timeout: 60_000 }, async () => {
  expect(await playbook('check', demoPlaybookFile)).toEqual({
    code: 0,
    stdout: expect.stringMatching(
      /playbook "Demo" is in order: \d+ forms, \d+ signals, \d+ fit rules, \d+ people\.\n$/,
    ),
    stderr: '',
  });
});

it('says what is wrong and where, as editors link it, and ends with 1', { timeout: 60_000 }, async () => {
  const wrong = demoPlaybookSource().replace('match: { form: newsletter }', 'match: { form: newslettre }');
  const { code, stdout, stderr } = await playbook('check', file('bad.yaml', wrong));

  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(
    /bad\.yaml:\d+:\d+ signals\.newsletter\.match\.form: no form is called newslettre; did you mean newsletter\?\n$/,
  );
});

it('says that there is no such file', { timeout: 60_000 }, async () => {
  expect(await playbook('check', path('none.yaml'))).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('no such file'),
  });
});

it('says what changed between two, and that it knows no difference', { timeout: 60_000 }, async () => {
  const source = demoPlaybookSource();
  const changed = source.replace('points: 10, dimension: interest', 'points: 15, dimension: interest');

  expect(await playbook('diff', demoPlaybookFile, file('changed.yaml', changed))).toEqual({
    code: 0,
    stdout: 'Signal pricing-page (Read the pricing page): points 10 → 15.\n',
    stderr: '',
  });
  const same = file('same.yaml', source.replaceAll(/^ *#.*\n/gm, ''));
  expect(await playbook('diff', demoPlaybookFile, same)).toEqual({
    code: 0,
    stdout: 'They are the same.\n',
    stderr: '',
  });
});

it('compares nothing that is not in order', { timeout: 60_000 }, async () => {
  const broken = file('broken.yaml', 'name: Broken\n');
  const { code, stdout, stderr } = await playbook('diff', demoPlaybookFile, broken);

  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/broken\.yaml:1:1 signals: is missing/);
});

it('prints the schema as it is published', { timeout: 60_000 }, async () => {
  expect(await playbook('schema')).toEqual({
    code: 0,
    stdout: readFileSync('docs/playbook.schema.json', 'utf8'),
    stderr: '',
  });
});
