// What a mail domain says of the company behind it: whose it is, or that it is nobody's. The list of registries' domains is large,
// so only folding reads it; everyone else reads what it found.
import { getDomain } from 'tldts-icann';
import { type EmailKind, kindOfMail } from './email-kind.ts';
import { asciiHost } from './host.ts';

export type { EmailKind } from './email-kind.ts';

/** The domain somebody registered: `mail.acme.co.uk` → `acme.co.uk`, in ASCII. A name no registry knows is taken as it stands. */
export const registrableDomain = (host: string): string => {
  const name = host.trim().toLowerCase().replace(/\.$/, '');
  const domain = getDomain(name) ?? name;
  return asciiHost(domain) || domain;
};

/** What kind of mail a normalised address is, and of business mail the registrable domain. */
export const mailDomainOf = (email: string): { kind: EmailKind; domain?: string } => {
  const host = email.slice(email.lastIndexOf('@') + 1);
  const kind = kindOfMail(host);
  return kind === 'business' ? { kind, domain: registrableDomain(host) } : { kind };
};

/** The domains a company names, as they are compared: registrable, sorted, each once. */
export const registrableDomains = (domains: readonly string[] | undefined): string[] | undefined =>
  domains && [...new Set(domains.map(registrableDomain))].sort();

/** Those of them a company can have: nobody owns a mail provider's domain by naming it. */
export const claimableDomains = (domains: readonly string[]): string[] =>
  domains.filter((domain) => mailDomainOf(`any@${domain}`).kind === 'business');
