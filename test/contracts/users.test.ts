// The users of the embedded edition: the file beside its state, and the command that writes it.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createUsers, usersFile } from '../../lib/adapters/embedded/users.ts';
import { usersContract } from './users-contract.ts';

const inFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-users-'));
  return { file: join(folder, usersFile), clear: () => rmSync(folder, { recursive: true }) };
};

usersContract('embedded', async () => {
  const { file, clear } = inFolder();
  const users = createUsers(file);
  return { users, signIn: users, tokenOf: async (_, given) => given!, close: async () => clear() };
});

it('is read by its owner alone, and has no token in it', async () => {
  const { file, clear } = inFolder();
  const { token } = await createUsers(file).add('ada@seller.example', 'rep');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).not.toContain(token!.slice(7));
  clear();
});

it('is heard of at once by whoever has read it before', async () => {
  const { file, clear } = inFolder();
  const running = createUsers(file);
  const { token } = await createUsers(file).add('ada@seller.example', 'rep');
  expect(await running.userOf(token!)).toEqual({ email: 'ada@seller.example', groups: ['rep'] });
  await createUsers(file).remove('ada@seller.example');
  expect(await running.userOf(token!)).toBeUndefined();
  clear();
});
