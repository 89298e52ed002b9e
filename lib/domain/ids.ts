// Ids derive from what identifies a person, a company or a cause, so that two sources cannot make two of one.
import { createHash } from 'node:crypto';

const hash = (text: string, characters: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, characters);

/** 64 bits of SHA-256: with 10 million leads two ids collide with a chance of 3 in a million. */
const digest = (text: string): string => hash(text, 16);

export const leadIdOfEmail = (normalisedEmail: string): string => `lead_${digest(`email:${normalisedEmail}`)}`;
export const leadIdOfVisitor = (visitor: string): string => `visitor_${digest(`visitor:${visitor}`)}`;
/** A lead by e-mail, not a browser or a CRM record. */
export const isPerson = (leadId: string): boolean => leadId.startsWith('lead_');
export const isVisitor = (leadId: string): boolean => leadId.startsWith('visitor_');
export const leadIdOfCrmPerson = (source: string, externalId: string): string =>
  `crm_${digest(`person:${source}:${externalId}`)}`;
export const isRecord = (leadId: string): boolean => leadId.startsWith('crm_');
/** An opportunity or a contract, whatever account it is with. */
export const dealIdOf = (kind: 'opportunity' | 'contract', source: string, externalId: string): string =>
  `deal_${digest(`${kind}:${source}:${externalId}`)}`;

export const accountIdOfDomain = (domain: string): string => `acct_${digest(`domain:${domain}`)}`;
export const accountIdOfCrm = (source: string, externalId: string): string =>
  `acct_${digest(`crm:${source}:${externalId}`)}`;
/** A lead without an account is judged alone, in a partition of its own. */
export const soloAccountId = (leadId: string): string => `solo_${leadId}`;
export const isSolo = (accountId: string): boolean => accountId.startsWith('solo_');

/** Who is told something, where their address must not stand. */
export const recipientIdOf = (address: string): string => `rcpt_${digest(`recipient:${address.toLowerCase()}`)}`;

/** The same cause always makes the same event, so a repeat is recognised wherever it turns up. */
export const eventIdOf = (...cause: string[]): string => `evt_${hash(cause.join('\n'), 24)}`;

/** The same thing asked of the same CRM is the same request, whoever asks. */
export const crmRequestIdOf = (...what: string[]): string => `ask_${hash(what.join('\n'), 24)}`;

/** Tells whether a text is still the one it was. */
export const fingerprintOf = (text: string): string => hash(text, 16);
