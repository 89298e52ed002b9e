// The secrets of this machine's edition: made once, kept, and completed in a folder that is older than one of them.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openLocalSecrets, secretsFile } from '../../cli/local-secrets.ts';
import { temporaryFolder } from './run.ts';

const { path } = temporaryFolder();
const file = () => path(secretsFile);
const folder = () => path('');

it('are made once, each another, and read by their owner only', () => {
  const made = openLocalSecrets(folder());
  expect(new Set(Object.values(made)).size).toBe(5);
  expect(openLocalSecrets(folder())).toEqual(made);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
});

it('are completed where one is missing, and the others stay', () => {
  const { decisionToken: _, ...older } = openLocalSecrets(folder());
  writeFileSync(file(), JSON.stringify(older));
  const completed = openLocalSecrets(folder());
  expect(completed).toEqual({ ...older, decisionToken: expect.stringMatching(/^[\w-]{32}$/) });
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual(completed);
});
