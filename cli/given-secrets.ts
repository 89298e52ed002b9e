// What somebody gives for the CRMs of this machine's edition, and for those outside who are told: files beside the state, which are
// theirs and are never written or deleted.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { CommandError } from './command-error.ts';

const text = z.string().min(1);
const credentials = z.record(z.string(), z.record(z.string(), text));
const ofCrms = z.strictObject({
  /** What deliveries are checked with; the newest first where there are several. */
  webhooks: z.record(z.string(), z.union([text.transform((one) => [one]), z.array(text)])).default({}),
  /** What opens the API, by the names its kind of connection has. */
  api: credentials.default({}),
});

const jsonIn = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // The parser's own words quote the file.
    throw new CommandError(`${path} is not JSON`);
  }
};

/** As an empty object where there is no such file. Says what is wrong with it without repeating a value. */
const read = <Given>(path: string, schema: z.ZodType<Given>): Given => {
  const parsed = schema.safeParse(existsSync(path) ? jsonIn(path) : {});
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map(({ path: at, message }) => `${at.join('.') || 'the file'}: ${message}`);
  throw new CommandError(`${path} cannot be used: ${places.join('; ')}`);
};

/** `crm.json` of the folder. */
export const readCrmSecrets = (folder: string): z.infer<typeof ofCrms> => read(join(folder, 'crm.json'), ofCrms);

/** `destinations.json` of the folder: what opens each, by the names its kind has. */
export const readDestinationSecrets = (folder: string): z.infer<typeof credentials> =>
  read(join(folder, 'destinations.json'), credentials);
