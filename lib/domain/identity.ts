// Who is who: ids derive from what identifies a person or a company, so that two sources cannot make two of one.
import { createHash } from 'node:crypto';
import { isDisposableEmailDomain } from 'disposable-email-domains-js';
import freemailDomains from 'email-providers/all.json' with { type: 'json' };
import { getDomain } from 'tldts';

/** 64 bits of SHA-256 as hex: with 10 million leads two ids collide with a chance of 3 in a million. */
const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** Lower case, trimmed, compatibility forms folded; undefined when it cannot be a mail address. */
export const normaliseEmail = (typed: string): string | undefined => {
  const email = typed.normalize('NFKC').trim().toLowerCase();
  return /^[^\s@"<>(),;:\\[\]\p{Cc}]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/u.test(email) && email.length <= 254
    ? email
    : undefined;
};

export const domainOfEmail = (email: string): string => email.slice(email.lastIndexOf('@') + 1);

/** The domain somebody registered: `mail.acme.co.uk` → `acme.co.uk`. A name no registry knows is taken as it stands. */
export const registrableDomain = (host: string): string => {
  const name = host.trim().toLowerCase().replace(/\.$/, '');
  return getDomain(name, { allowPrivateDomains: false }) ?? name;
};

export type EmailKind = 'business' | 'freemail' | 'disposable';
const freemail = new Set<string>(freemailDomains);
export const emailKind = (email: string): EmailKind => {
  const domain = domainOfEmail(email);
  if (isDisposableEmailDomain(domain)) return 'disposable';
  return freemail.has(domain) || freemail.has(registrableDomain(domain)) ? 'freemail' : 'business';
};

/** The three ways a person is known before they are one lead. Each has facts of its own; a lead is their union. */
export type IdentityKind = 'email' | 'visitor' | 'crm';

export const leadIdOfEmail = (normalisedEmail: string): string => `lead_${digest(`email:${normalisedEmail}`)}`;
export const leadIdOfVisitor = (visitor: string): string => `visitor_${digest(`visitor:${visitor}`)}`;
export const leadIdOfCrmPerson = (source: string, externalId: string): string =>
  `crm_${digest(`person:${source}:${externalId}`)}`;

export const accountIdOfDomain = (domain: string): string => `acct_${digest(`domain:${domain}`)}`;
export const accountIdOfCrm = (source: string, externalId: string): string =>
  `acct_${digest(`crm:${source}:${externalId}`)}`;
/** A lead without an account is judged alone, in a partition of its own. */
export const soloAccountId = (leadId: string): string => `solo_${leadId}`;
export const isSolo = (accountId: string): boolean => accountId.startsWith('solo_');

/** The same cause always makes the same event, so a repeat is recognised wherever it turns up. */
export const eventIdOf = (...cause: string[]): string =>
  `evt_${createHash('sha256').update(cause.join('\n')).digest('hex').slice(0, 24)}`;
