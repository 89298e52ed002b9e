// What kind of mail an address is, told by its domain alone: a company's, personal, or made to be thrown away.
import { asciiHost } from './host.ts';
import { disposableList, freemailList } from './mail-lists.ts';

export type EmailKind = 'business' | 'freemail' | 'disposable';

/** On the lists, but registries' own: companies have their names under them. */
const registries = new Set(['com.ar', 'net.ua', 'nom.za', 'org.ua', 'web.id', 'zp.ua']);

const setOf = (list: readonly string[]): ReadonlySet<string> =>
  new Set(list.filter((domain) => !registries.has(domain)).map(asciiHost));

let sets: { freemail: ReadonlySet<string>; disposable: ReadonlySet<string> } | undefined;

/** The host and the domains it is under: `mail.eu.acme.example` → itself, `eu.acme.example`, `acme.example`. */
const domainsAbove = (host: string): string[] => {
  const labels = host.split('.');
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
};

/** `host` is that of a normalised address. What is on both lists is disposable. */
export const kindOfMail = (host: string): EmailKind => {
  sets ??= { freemail: setOf(freemailList()), disposable: setOf(disposableList()) };
  const { freemail, disposable } = sets;
  const domains = domainsAbove(host);
  if (domains.some((domain) => disposable.has(domain))) return 'disposable';
  return domains.some((domain) => freemail.has(domain)) ? 'freemail' : 'business';
};
