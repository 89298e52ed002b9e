// What a tenant's file may say, and reading it. The file is all it takes to have a stack, so every mistake in it is
// told at once, with its place, before anything is deployed.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { accessPolicy } from '../lib/domain/access.ts';
import { connections } from '../lib/domain/connection.ts';
import { destinations } from '../lib/domain/destinations.ts';
import { complaintsText, readYaml } from '../lib/domain/yaml-document.ts';
import { alarmSettings } from './alarms/settings.ts';
import { concurrencySettings, edgeSettings } from './edge-settings.ts';
import { retentionSettings } from './retention-settings.ts';
import { throttleSettings } from './throttles.ts';

/** Where tenants' files are kept: `<tenant>.yaml`; playbooks beside them end in `.playbook.yaml`. */
export const tenantsFolder = join(import.meta.dirname, 'tenants');

/** Everything of a tenant's has it, with the tenant's name. */
export const tenantTag = 'muster:tenant';

// Everything's name begins with `muster-<tenant>-`; 64 characters is the limit for a rule's, and some rules' own part has 30.
const tenantName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,25}$/, 'must be 2 to 26 small letters, digits or hyphens, beginning with a letter')
  // Its stack would have the name of another tenant's firewall, and go with it.
  .refine((name) => !name.endsWith('-edge'), 'must not end in "-edge": firewalls are called so')
  // It is part of the address at which people sign in, where Cognito takes none of these.
  .refine(
    (name) => !/aws|amazon|cognito/.test(name),
    'must not have "aws", "amazon" or "cognito" in it: AWS refuses it',
  );

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

/** What may stand in a tenant's file. */
export const tenantFile = z.strictObject({
  account: z
    .string()
    .regex(/^\d{12}$/, 'must be the 12 digits of an AWS account, in quotes')
    .optional()
    .describe('The AWS account, in quotes: deployed to no other. Without it whichever one is signed in to.'),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be an AWS region such as eu-central-1')
    .describe('Where personal data is kept; asked for, because nobody should find it out afterwards.'),
  keepData: z
    .boolean()
    .default(true)
    .describe('The table, its secrets and its users are protected from deletion, and outlive their stack.'),
  mail: z
    .strictObject({
      from: mailbox.describe('Whom mails come from: an address, or a name and an address.'),
      createIdentity: z
        .boolean()
        .default(false)
        .describe('The stack creates the SES identity of the address’s domain. Leave it out where SES has it already.'),
    })
    .describe('The mails that are sent.'),
  web: z
    .strictObject({
      allowedOrigins: z
        .array(origin)
        .min(1)
        .describe('The sites whose pages may report hits and send forms; "*" lets every site.'),
      writeKeys: z
        .array(z.string().regex(/^[\w-]{8,64}$/, 'must be 8 to 64 letters, digits, "_" or "-"'))
        .min(1)
        .describe('What those sites say who they are with. Public by nature; a new one beside the old changes it.'),
    })
    .describe('The sites that report here.'),
  crm: connections
    .default({ crm: { kind: 'signed' } })
    .describe('CRMs that report here, by the name they post to: /crm/<name>. Their secrets stand elsewhere.'),
  destinations: destinations.default({}).describe('Who outside is told what happens here, by a name of your choice.'),
  access: access.prefault({}).describe('Who sees what, and how people sign in.'),
  throttle: throttleSettings,
  hits: z
    .strictObject({ windowSeconds: z.int().min(0).max(300).describe('Longer is cheaper: one write holds more hits.') })
    .default({ windowSeconds: 5 })
    .describe('How long hits wait to be folded together.'),
  logs: z
    .strictObject({ keepDays: z.literal([1, 3, 7, 14, 30, 60, 90, 180, 365]).describe('Days.') })
    .default({ keepDays: 30 })
    .describe('How long logs are kept.'),
  retention: retentionSettings.prefault({}).describe('How long what else is known is kept; people until erased.'),
  edge: edgeSettings.prefault({}),
  concurrency: concurrencySettings.prefault({}),
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
export const loadTenant = (name: string, folder = tenantsFolder): Tenant => ({
  name,
  ...parseTenant(readFileSync(tenantFileOf(name, folder), 'utf8'), tenantFileOf(name, folder)),
});

/** A file of one that may be no tenant yet; throws TenantFileError with every mistake in it. */
export const checkTenantFile = (file: string): void => {
  if (!existsSync(file)) throw new TenantFileError(`${file}: there is no such file`);
  parseTenant(readFileSync(file, 'utf8'), file);
};

const tenantFileOf = (name: string, folder: string): string => {
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
  return file;
};

const parseTenant = (text: string, file: string): z.infer<typeof tenantFile> => {
  const reading = readYaml(text, tenantFile);
  if ('value' in reading) return reading.value;
  throw new TenantFileError(complaintsText(file, reading.complaints));
};
