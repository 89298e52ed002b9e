// What a mail domain says of the company behind it: whose it is, or that it is nobody's. The list of registries' domains is large,
// so only folding reads it; everyone else reads what it found.
import { getDomain } from 'tldts-icann';
import type { Sites } from './account.ts';
import { isOpenSite } from './account-matching/open-sites.ts';
import { type EmailKind, kindOfMail } from './email-kind.ts';
import { asciiHost } from './host.ts';
import { remembered } from './phrases.ts';

export type { EmailKind } from './email-kind.ts';

/** The domain somebody registered: `mail.acme.co.uk` → `acme.co.uk`, in ASCII. A name no registry knows is taken as it stands. */
export const registrableDomain = remembered((host: string): string => {
  const typed = host.trim().toLowerCase();
  // In ASCII first: of `www。acme。jp` the dots are dots only there.
  const name = (asciiHost(typed) || typed).replace(/\.$/, '');
  return getDomain(name) ?? name;
});

/** What kind of mail a normalised address is, and of business mail the registrable domain. */
export const mailDomainOf = (email: string): { kind: EmailKind; domain?: string } => {
  const host = email.slice(email.lastIndexOf('@') + 1);
  const kind = kindOfMail(host);
  return kind === 'business' ? { kind, domain: registrableDomain(host) } : { kind };
};

/** What a company names as its sites, as hosts: people paste addresses of pages, and `www` says nothing. Sorted, each once. */
const namedHosts = (typed: readonly string[]): string[] =>
  [
    ...new Set(
      typed.map((text) => {
        const host = text
          .trim()
          .toLowerCase()
          .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
          .replace(/[/?#:].*$/, '');
        return (asciiHost(host) || host).replace(/\.$/, '').replace(/^www\.(?=.*\.)/, '');
      }),
    ),
  ].sort();

/** A host name of several labels, or the address of a page on one. */
export const isSite = (typed: string): boolean =>
  /^[\p{L}\p{N}_-]{1,63}(\.[\p{L}\p{N}_-]{1,63})+$/u.test(namedHosts([typed])[0] ?? '');

/** The sites a company names, as they are compared; undefined where it says nothing of any. */
export const sitesNamed = (typed: readonly string[] | undefined): Sites | undefined => {
  if (typed === undefined) return undefined;
  const hosts = namedHosts(typed);
  // A page at `sites.google.com` does not make its owner Google.
  const own = hosts.filter((host) => !isOpenSite(host));
  return { hosts, domains: [...new Set(own.map(registrableDomain))].sort() };
};

/** The domains a company can have: nobody owns a mail provider's domain by naming it, or one where anybody can have a page. */
export const claimableDomains = (domains: readonly string[]): string[] =>
  domains.filter((domain) => !isOpenSite(domain) && mailDomainOf(`any@${domain}`).kind === 'business');
