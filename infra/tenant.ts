// What a tenant's file may say, and reading it. The file is all it takes to have a stack, so every mistake in it is
// told at once, with its place, before anything is deployed.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isCollection, LineCounter, type Node, parseDocument } from 'yaml';
import * as z from 'zod';

/** Where tenants' files are kept: `<tenant>.yaml`; playbooks beside them end in `.playbook.yaml`. */
export const tenantsFolder = join(import.meta.dirname, 'tenants');

// Queue and function names begin with `muster-<tenant>-`; 64 characters is Lambda's limit for the whole name.
const tenantName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,29}$/, 'must be 2 to 30 small letters, digits or hyphens, beginning with a letter');

const origin = z.union([
  z.literal('*'),
  z
    .string()
    .regex(
      /^https?:\/\/[a-z0-9.-]+(:\d+)?$/,
      'must be an origin such as https://www.acme.example, without a path, or "*"',
    ),
]);

const mailbox = z.string().regex(/^(?:[^<>@\r\n]+ <[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/, {
  message: 'must be a mail address, or a name and an address such as "Acme <leads@acme.example>"',
});

const tenantFile = z.strictObject({
  /** Where personal data is kept; asked for, because nobody should find it out afterwards. */
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be an AWS region such as eu-central-1'),
  /** The table is protected from deletion and outlives its stack. */
  keepData: z.boolean().default(true),
  mail: z.strictObject({
    from: mailbox,
    /** Whether the stack creates the SES identity of the address's domain. Leave it out where SES has it already. */
    createIdentity: z.boolean().default(false),
  }),
  web: z.strictObject({
    allowedOrigins: z.array(origin).min(1),
    writeKeys: z.array(z.string().regex(/^[\w-]{8,64}$/, 'must be 8 to 64 letters, digits, "_" or "-"')).min(1),
  }),
  /** What the API lets through, all callers together; above it they get 429. */
  throttle: z
    .strictObject({ requestsPerSecond: z.int().min(1).max(10_000), burst: z.int().min(1).max(5_000) })
    .default({ requestsPerSecond: 500, burst: 1_000 }),
  /** How long hits wait to be folded together. Longer is cheaper: one write then holds more of a visitor's hits. */
  hits: z.strictObject({ windowSeconds: z.int().min(0).max(300) }).default({ windowSeconds: 5 }),
  logs: z.strictObject({ keepDays: z.literal([1, 3, 7, 14, 30, 60, 90, 180, 365]) }).default({ keepDays: 30 }),
});

export type Tenant = z.infer<typeof tenantFile> & { name: string };

/** Something is wrong with a tenant's file; `message` says what and where, one line a mistake. */
export class TenantFileError extends Error {
  readonly code = 'tenant-file';
  readonly retryable = false;
}

/** Names of the tenants that have a file. */
export const tenantNames = (folder = tenantsFolder): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml') && !file.endsWith('.playbook.yaml'))
    .map((file) => basename(file, '.yaml'))
    .sort();

/** The tenant of that name; throws TenantFileError when there is none or its file has mistakes. */
export const loadTenant = (name: string, folder = tenantsFolder): Tenant => {
  const named = tenantName.safeParse(name);
  if (!named.success)
    throw new TenantFileError(`"${name}" cannot be a tenant's name: ${named.error.issues[0]?.message}`);
  const file = join(folder, `${name}.yaml`);
  const there = tenantNames(folder);
  if (!there.includes(name)) {
    throw new TenantFileError(
      `There is no tenant "${name}": ${file} does not exist. Tenants with a file: ${there.join(', ') || 'none'}.`,
    );
  }
  return { name, ...parseTenant(readFileSync(file, 'utf8'), file) };
};

const parseTenant = (text: string, file: string): z.infer<typeof tenantFile> => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    throw new TenantFileError(document.errors.map((error) => `${at(error.pos[0])} ${error.message}`).join('\n'));
  }
  const parsed = tenantFile.safeParse(document.toJS() ?? {});
  if (parsed.success) return parsed.data;
  const told = parsed.error.issues.map((issue) => {
    const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
    const field = path.join('.') || 'the file';
    return `${at(offsetOf(document.contents, path))} ${field}: ${plain(issue)}`;
  });
  throw new TenantFileError(told.join('\n'));
};

const plain = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'unrecognized_keys') return 'is not a setting; see infra/tenant.ts for those there are';
  // zod says "received undefined" where a person would say that it is not there.
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return 'is missing';
  return issue.message;
};

/** Where the thing at `path` begins, or the nearest thing around it that is there. */
const offsetOf = (root: unknown, path: readonly PropertyKey[]): number => {
  let offset = 0;
  let node: unknown = root;
  for (const step of path) {
    if (!isCollection(node)) break;
    const pair = node.items.find((item) => keyOf(item) === String(step)) ?? node.items[Number(step)];
    if (!pair) break;
    const key = (pair as { key?: Node }).key ?? (pair as Node);
    offset = key.range?.[0] ?? offset;
    node = (pair as { value?: unknown }).value ?? pair;
  }
  return offset;
};

const keyOf = (item: unknown): string | undefined => {
  const key = (item as { key?: { value?: unknown } }).key;
  return key === undefined ? undefined : String(key.value);
};
