// What each secret is for, who makes its values, and what is to be done so that everybody has the new one.
import { randomBytes } from 'node:crypto';
import { linkDays } from '../../lib/domain/action-links.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { dayMilliseconds } from '../../lib/domain/days.ts';

export interface SecretKind {
  /** For whom it is, in a few words. */
  what: string;
  /** A new value; none where somebody else makes them, who is named then. */
  make?: () => string;
  madeBy?: string;
  /** Says what is wrong with a value somebody gives; nobody gives one where it is left out. */
  faultOf?: (value: string) => string | undefined;
  /** How the new one gets to who uses it. `told`: printed, for somebody to hand on. `deployed`: by the next deploy. `itself`: it is
   * there by itself. */
  travels: 'told' | 'deployed' | 'itself';
  /** What is to be done before the old one goes. */
  next: string;
  /** How long the old one is needed whatever anybody does. */
  neededMs: number;
}

/** 44 characters, as the stack's own. */
const random = (): string => randomBytes(33).toString('base64url');

const token = (what: string): SecretKind => ({
  what,
  make: random,
  travels: 'told',
  next: 'give it to whatever has the old one',
  neededMs: 0,
});

const links: SecretKind = {
  what: 'signs the links of mails',
  make: random,
  travels: 'itself',
  next: `Nobody has to be given it. Links that the old one signed are good for up to ${linkDays + 1} days`,
  neededMs: (linkDays + 1) * dayMilliseconds,
};

export const edge: SecretKind = {
  what: 'by which the API knows CloudFront',
  make: random,
  travels: 'deployed',
  next: 'raise edge.secretRound by one in the tenant’s file and deploy: CloudFront is given it then, and only then',
  neededMs: 0,
};

const signs = (value: string): string | undefined =>
  /^(whsec_)?[A-Za-z0-9+/]{32,86}={0,2}$/.test(value) ? undefined : 'it must be 24 to 64 bytes in base64';

const plain = (value: string): string | undefined =>
  /^[\x21-\x7e]+$/.test(value) ? undefined : 'it must be one word of letters, digits and signs';

/** What proves where the deliveries of a connection come from. */
const ofConnection = {
  signed: {
    make: () => `whsec_${randomBytes(32).toString('base64')}`,
    faultOf: signs,
    travels: 'told',
    next: 'give it to whatever signs these deliveries',
  },
  hubspot: {
    madeBy: 'HubSpot',
    faultOf: plain,
    travels: 'itself',
    next: 'HubSpot signs with it as soon as it made it',
  },
  pipedrive: {
    make: () => `muster:${random()}`,
    faultOf: (value) => plain(value) ?? (/^[^:]+:.+$/.test(value) ? undefined : 'it must be user:password'),
    travels: 'told',
    next: 'give user and password to each webhook in Pipedrive',
  },
  salesforce: {
    make: () => randomBytes(24).toString('hex'),
    faultOf: (value) => (/^[\w-]{20,200}$/.test(value) ? undefined : 'it must be 20 or more letters and digits'),
    travels: 'told',
    next: 'put it at the end of the address of each Outbound Message in Salesforce',
  },
} as const satisfies Record<Connection['kind'], Omit<SecretKind, 'what' | 'neededMs'>>;

/** Of every tenant, by name; `edge` and those of connections besides. */
export const usual: Readonly<Record<string, SecretKind>> = {
  read: token('for services that read'),
  decisions: token('for services that decide, act and import'),
  operators: token('for whoever mends, erases and exports'),
  links,
};

/** Those of the connections to CRMs: `crm/<connection>`. */
export const ofConnections = (connections: Readonly<Record<string, Connection>>): Record<string, SecretKind> =>
  Object.fromEntries(
    Object.entries(connections).map(([name, { kind }]) => [
      `crm/${name}`,
      { what: `proves what ${name} reports (${kind})`, neededMs: 0, ...ofConnection[kind] },
    ]),
  );
