// What a tenant's file may say, and reading it. The file is all it takes to have a stack, so every mistake in it is
// told at once, with its place, before anything is deployed.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { accessPolicy } from '../lib/domain/access.ts';
import { connections } from '../lib/domain/connection.ts';
import { destinations } from '../lib/domain/destinations.ts';
import { complaintsText, readYaml } from '../lib/domain/yaml-document.ts';
import { alarmSettings } from './alarms/settings.ts';

/** Where tenants' files are kept: `<tenant>.yaml`; playbooks beside them end in `.playbook.yaml`. */
export const tenantsFolder = join(import.meta.dirname, 'tenants');

/** Everything of a tenant's has it, with the tenant's name. */
export const tenantTag = 'muster:tenant';

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

const access = accessPolicy.extend({
  mfa: z
    .enum(['optional', 'required'])
    .default('optional')
    .describe('Whether everybody who signs in needs a second factor, or whoever wants one may have it.'),
  threatProtection: z
    .boolean()
    .default(true)
    .describe('Cognito’s own watch for leaked passwords and odd sign-ins; some cents a month for each who signs in.'),
  panels: z
    .array(z.url({ protocol: /^https$/, error: 'must be an https address such as https://panel.acme.example/' }))
    .max(20)
    .default([])
    .describe('Where else the panel is hosted: whoever signed in is sent back to the stack’s own or to one of these.'),
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
  /** CRMs that report here, by the name they post to: `/crm/<name>`. */
  crm: connections.default({ crm: { kind: 'signed' } }),
  /** Who outside is told what happens here. */
  destinations: destinations.default({}),
  /** Who sees what, and how people sign in. */
  access: access.prefault({}),
  /** What the API lets through, all callers together; above it they get 429. */
  throttle: z
    .strictObject({ requestsPerSecond: z.int().min(1).max(10_000), burst: z.int().min(1).max(5_000) })
    .default({ requestsPerSecond: 500, burst: 1_000 }),
  /** How long hits wait to be folded together. Longer is cheaper: one write then holds more of a visitor's hits. */
  hits: z.strictObject({ windowSeconds: z.int().min(0).max(300) }).default({ windowSeconds: 5 }),
  logs: z.strictObject({ keepDays: z.literal([1, 3, 7, 14, 30, 60, 90, 180, 365]) }).default({ keepDays: 30 }),
  alarms: alarmSettings.prefault({}).describe('Who is woken, and from where on.'),
});

export type Tenant = z.infer<typeof tenantFile> & { name: string };

/** Something is wrong with a tenant's file; `message` says what and where, one line a mistake. */
class TenantFileError extends Error {
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
  const reading = readYaml(text, tenantFile);
  if ('value' in reading) return reading.value;
  throw new TenantFileError(complaintsText(file, reading.complaints));
};
