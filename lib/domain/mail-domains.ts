// What a mail domain says of the company behind it: whose it is, or that it is nobody's. The lists are large, so only
// folding reads them; everyone else reads what it found.
import { disposableEmailBlocklist } from 'disposable-email-domains-js';
import freemailDomains from 'email-providers/all.json' with { type: 'json' };
import { getDomain } from 'tldts';
import { asciiHost } from './host.ts';

/** The domain somebody registered: `mail.acme.co.uk` → `acme.co.uk`, in ASCII. A name no registry knows is taken as it stands. */
export const registrableDomain = (host: string): string => {
  const name = host.trim().toLowerCase().replace(/\.$/, '');
  const domain = getDomain(name, { allowPrivateDomains: false }) ?? name;
  return asciiHost(domain) || domain;
};

export type EmailKind = 'business' | 'freemail' | 'disposable';

const freemail = new Set<string>(freemailDomains);
const disposable = new Set<string>(disposableEmailBlocklist());

/** What kind of mail a normalised address is, and of business mail the registrable domain. */
export const mailDomainOf = (email: string): { kind: EmailKind; domain?: string } => {
  const host = email.slice(email.lastIndexOf('@') + 1);
  const domain = registrableDomain(host);
  if (disposable.has(host) || disposable.has(domain)) return { kind: 'disposable' };
  if (freemail.has(host) || freemail.has(domain)) return { kind: 'freemail' };
  return { kind: 'business', domain };
};

/** The domains a company names, as they are compared: registrable, sorted, each once. */
export const registrableDomains = (domains: readonly string[] | undefined): string[] | undefined =>
  domains && [...new Set(domains.map(registrableDomain))].sort();

/** Those of them a company can have: nobody owns a mail provider's domain by naming it. */
export const claimableDomains = (domains: readonly string[]): string[] =>
  domains.filter((domain) => mailDomainOf(`any@${domain}`).kind === 'business');
