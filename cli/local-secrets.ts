// Secrets of this machine's edition, made once and kept beside the state, readable by their owner only.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

export const secretsFile = 'secrets.json';

const text = z.string().min(1);
const localSecrets = z.strictObject({
  readToken: text,
  decisionToken: text,
  operatorToken: text,
  crmSecret: text,
  linkSecret: text,
});
export type LocalSecrets = z.infer<typeof localSecrets>;

const newToken = (): string => randomBytes(24).toString('base64url');

/** Makes those that are missing: a folder may be older than one of them. */
export const openLocalSecrets = (folder: string): LocalSecrets => {
  const file = join(folder, secretsFile);
  const kept = existsSync(file) ? localSecrets.partial().parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
  const secrets: LocalSecrets = {
    readToken: newToken(),
    decisionToken: newToken(),
    operatorToken: newToken(),
    crmSecret: `whsec_${randomBytes(32).toString('base64')}`,
    linkSecret: newToken(),
    ...kept,
  };
  if (Object.keys(kept).length < Object.keys(secrets).length) {
    writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  }
  return secrets;
};
