// Those who may sign in to the embedded edition: a file beside the state with a digest of each one's token. It is read anew whenever
// it changed, so that whoever is added or removed is so at once, also by a command beside the process that runs.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import type { SignIn, User, Users } from '../../ports.ts';

export const usersFile = 'users.json';

const user = z.strictObject({ email: z.email(), groups: z.array(z.string()), tokenSha256: z.string().length(64) });
const fileShape = z.strictObject({ users: z.array(user) });
type Stored = z.infer<typeof user>;

// 256 random bits need no slow hash: nobody guesses them.
const digest = (token: string): string => createHash('sha256').update(token).digest('hex');
const isSame = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));
const shown = ({ email, groups }: Stored): User => ({ email, groups });

export const createUsers = (file: string): SignIn & Users => {
  let known: { as: string; users: readonly Stored[] } = { as: '', users: [] };

  const read = (): readonly Stored[] => {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat === undefined) return [];
    const as = `${stat.ino} ${stat.mtimeMs} ${stat.size}`;
    if (as !== known.as) known = { as, users: fileShape.parse(JSON.parse(readFileSync(file, 'utf8'))).users };
    return known.users;
  };

  /** Put in place whole: the process that reads it sees the old file or the new one. */
  const write = (users: readonly Stored[]): void => {
    const half = `${file}.${process.pid}.new`;
    writeFileSync(half, `${JSON.stringify({ users }, null, 2)}\n`, { mode: 0o600 });
    renameSync(half, file);
  };

  const others = (email: string): Stored[] => read().filter((one) => one.email !== email.toLowerCase());

  return {
    userOf: async (token) => {
      const given = digest(token);
      const found = read().find(({ tokenSha256 }) => isSame(tokenSha256, given));
      return found && shown(found);
    },
    list: async () => read().map(shown),
    add: async (email, group) => {
      const token = `muster_${randomBytes(32).toString('base64url')}`;
      write([...others(email), { email: email.toLowerCase(), groups: [group], tokenSha256: digest(token) }]);
      return { token };
    },
    remove: async (email) => {
      const rest = others(email);
      if (rest.length === read().length) return false;
      write(rest);
      return true;
    },
  };
};
