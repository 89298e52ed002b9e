// What somebody gives for the CRMs of this machine's edition: a file beside the state, which is theirs and is never written or deleted.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { CommandError } from './command-error.ts';

const file = 'crm.json';

const text = z.string().min(1);
const given = z.strictObject({
  /** What deliveries are checked with; the newest first where there are several. */
  webhooks: z.record(z.string(), z.union([text.transform((one) => [one]), z.array(text)])).default({}),
  /** What opens the API, by the names its kind of connection has. */
  api: z.record(z.string(), z.record(z.string(), text)).default({}),
});
export type CrmSecrets = z.infer<typeof given>;

const jsonIn = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // The parser's own words quote the file.
    throw new CommandError(`${path} is not JSON`);
  }
};

/** Those of the folder; none where there is no such file. Says what is wrong with it without repeating a value. */
export const readCrmSecrets = (folder: string): CrmSecrets => {
  const path = join(folder, file);
  if (!existsSync(path)) return { webhooks: {}, api: {} };
  const parsed = given.safeParse(jsonIn(path));
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map(({ path: at, message }) => `${at.join('.') || 'the file'}: ${message}`);
  throw new CommandError(`${path} cannot be used: ${places.join('; ')}`);
};
