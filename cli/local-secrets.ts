// Secrets of this machine's edition, made once and kept beside the state, readable by their owner only: one of each, or several while one
// is being replaced. What is changed by a command beside the process that runs counts there at once.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Deed } from '../lib/domain/deeds.ts';
import type { StoredSecrets } from '../lib/ports.ts';

export const secretsFile = 'secrets.json';

const text = z.string().min(1);
const values = z.union([text.transform((one) => [one]), z.array(text).min(1)]);
/** What somebody did to them: only the process that has the state open can put it into the audit log. */
const deed = z.strictObject({
  ...{ id: text, at: text, who: text, via: z.literal('command'), about: z.array(text) },
  what: z.templateLiteral(['secret.', z.string()]),
});
const kept = z.strictObject({
  readToken: values,
  decisionToken: values,
  operatorToken: values,
  crmSecret: values,
  linkSecret: values,
  /** ISO: since when there are several, by secret. */
  rotated: z.record(z.string(), text).default({}),
  deeds: z.array(deed).default([]),
});
type Kept = z.infer<typeof kept>;
type Key = Exclude<keyof Kept, 'rotated' | 'deeds'>;
/** The newest of each. */
export type LocalSecrets = Record<Key, string>;

/** By the names that `muster secret list` has. */
const keys = new Map<string, Key>([
  ['read', 'readToken'],
  ['decisions', 'decisionToken'],
  ['operators', 'operatorToken'],
  ['links', 'linkSecret'],
  ['crm/crm', 'crmSecret'],
]);
export const localNames = [...keys.keys()];

/** So many deeds are kept here: the audit log has them all. */
const deedsKept = 50;

const newToken = (): string => randomBytes(24).toString('base64url');

/** As it is written: one value as itself, and nothing of what there is none of. */
const written = ({ rotated, deeds, ...live }: Kept) => ({
  ...Object.fromEntries(Object.entries(live).map(([key, all]) => [key, all.length === 1 ? all[0] : all])),
  ...(Object.keys(rotated).length > 0 && { rotated }),
  ...(deeds.length > 0 && { deeds }),
});

/** Put in place whole: whoever reads it sees the old file or the new one. */
const write = (folder: string, all: Kept): void => {
  const file = join(folder, secretsFile);
  const half = `${file}.${process.pid}.new`;
  writeFileSync(half, JSON.stringify(written(all)), { mode: 0o600 });
  renameSync(half, file);
};

const read = (folder: string): Kept => kept.parse(JSON.parse(readFileSync(join(folder, secretsFile), 'utf8')));

/** Makes those that are missing: a folder may be older than one of them. */
export const openLocalSecrets = (folder: string): LocalSecrets => {
  const file = join(folder, secretsFile);
  const there = existsSync(file) ? kept.partial().parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
  const all: Kept = {
    readToken: [newToken()],
    decisionToken: [newToken()],
    operatorToken: [newToken()],
    crmSecret: [`whsec_${randomBytes(32).toString('base64')}`],
    linkSecret: [newToken()],
    ...{ rotated: {}, deeds: [] },
    ...there,
  };
  if ([...keys.values()].some((key) => there[key] === undefined)) write(folder, all);
  const { readToken, decisionToken, operatorToken, crmSecret, linkSecret } = all;
  return {
    ...{ readToken: readToken[0]!, decisionToken: decisionToken[0]!, operatorToken: operatorToken[0]! },
    ...{ crmSecret: crmSecret[0]!, linkSecret: linkSecret[0]! },
  };
};

/** Tells what is live now, and looks at the file again whenever it changed; what was done to it is noted before it counts. */
export const liveLocalSecrets = (folder: string, note: (deed: Deed) => Promise<void>): (() => Promise<Kept>) => {
  const noted = new Set<string>();
  let known: { as: string; all: Kept } | undefined;
  return async () => {
    const { ino, mtimeMs, size } = statSync(join(folder, secretsFile));
    const as = `${ino} ${mtimeMs} ${size}`;
    if (known?.as === as) return known.all;
    const all = read(folder);
    for (const one of all.deeds.filter(({ id }) => !noted.has(id))) {
      await note(one);
      noted.add(one.id);
    }
    known = { as, all };
    return all;
  };
};

/** For whoever replaces them. */
export const storedLocalSecrets = (folder: string): StoredSecrets & { note(deed: Deed): Promise<void> } => {
  const keyOf = (name: string): Key => {
    const key = keys.get(name);
    if (key === undefined) throw new Error(`there is no secret ${name} in this folder`);
    return key;
  };
  return {
    read: async (name) => {
      const key = keyOf(name);
      const { [key]: live, rotated } = read(folder);
      return { values: live, rotatedAt: rotated[key] };
    },
    write: async (name, { values: [...live], rotatedAt }) => {
      const key = keyOf(name);
      const all = read(folder);
      const { [key]: _, ...others } = all.rotated;
      write(folder, { ...all, [key]: live, rotated: { ...others, ...(rotatedAt && { [key]: rotatedAt }) } });
    },
    note: async (given) => {
      const all = read(folder);
      write(folder, { ...all, deeds: [...all.deeds, deed.parse(given)].slice(-deedsKept) });
    },
  };
};
