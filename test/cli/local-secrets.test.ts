// The secrets of this machine's edition: made once, kept, and completed in a folder that is older than one of them.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { liveLocalSecrets, openLocalSecrets, secretsFile, storedLocalSecrets } from '../../cli/local-secrets.ts';
import { storedSecretsContract } from '../contracts/stored-secrets-contract.ts';
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

storedSecretsContract('a file beside the state', { one: 'read', other: 'crm/crm' }, async () => {
  writeFileSync(file(), '{}');
  openLocalSecrets(folder());
  return storedLocalSecrets(folder());
});

it('count at once where another process changed them, once that is noted', async () => {
  openLocalSecrets(folder());
  const noted: string[] = [];
  let away = false;
  const live = liveLocalSecrets(folder(), async ({ id }) => {
    if (away) throw new Error('the log is away');
    noted.push(id);
  });
  const [old] = (await live()).readToken;
  const stored = storedLocalSecrets(folder());
  const deed = { at: '2026-11-23T00:10:00.000Z', who: 'ada@machine', via: 'command', about: ['read'] } as const;
  away = true;
  await stored.note({ ...deed, id: 'one', what: 'secret.rotate' });
  await stored.write('read', { values: ['new', old!] });
  await expect(live()).rejects.toThrow('away');
  away = false;
  expect((await live()).readToken).toEqual(['new', old]);
  await stored.write('read', { values: ['new'] });
  expect((await live()).readToken).toEqual(['new']);
  expect(noted).toEqual(['one']);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
});
