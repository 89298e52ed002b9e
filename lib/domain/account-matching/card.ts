// An account as it is compared, and the keys it is found under. Both are of the account alone: nothing here knows of any other.
import { registrableDomain } from '../mail-domains.ts';
import { parseName } from '../names/parse-name.ts';
import { bounded, endingKey, initialsOf, joinedKey, pairKey, shortKey, soundKey, wholeKey } from './block-keys.ts';
import { isOpenSite } from './open-sites.ts';
import { weightOf } from './word-weights.ts';

export interface NamedDomain {
  /** A host, in lower case and ASCII: `unistra.fr`, `lilpa.unistra.fr`. */
  domain: string;
  /** When the account named it, ISO 8601 in UTC; left out where nobody knows. */
  since?: string;
}

/** An account as the company's CRM has it. */
export interface KnownAccount {
  id: string;
  name: string;
  domains?: readonly NamedDomain[];
  /** ISO 3166, two capitals. */
  country?: string;
  parentId?: string;
}

/** What is compared of an account: kept with it, so that no candidate's name is parsed again. */
export interface Card {
  id: string;
  name: string;
  /** The one named first stands first. */
  domains: readonly NamedDomain[];
  country: string;
  parentId: string;
  words: readonly string[];
  spelt: readonly string[];
  /** How much each word tells, 0 to 1: rare words more. */
  weights: readonly number[];
  weight: number;
  acronyms: readonly string[];
  initials: string;
  /** All its words run together, and its legal form. */
  whole: string;
  form: string;
  labels: readonly string[];
  /** The key of the name as a whole. */
  wholeKey: string;
}

/** What is known comes before what is not; of two of one time the smaller text, so that no order of arrival shows. */
export const earlier = (one: NamedDomain, other: NamedDomain): number => {
  if (one.since !== other.since) {
    if (one.since === undefined) return 1;
    if (other.since === undefined) return -1;
    return one.since < other.since ? -1 : 1;
  }
  return one.domain < other.domain ? -1 : one.domain > other.domain ? 1 : 0;
};

/** The label somebody registered: `unistra` of `lilpa.unistra.fr`, and the parts of one with strokes. */
const labelsOf = (domain: string): string[] => {
  const labels = domain.split('.');
  labels.pop();
  if (labels.length > 1 && /^(ac|co|com|edu|gov|gob|go|gouv|or|org|net|ne|nic|res|re)$/.test(labels.at(-1)!))
    labels.pop();
  return labels
    .filter((label) => label.length > 1 && label !== 'www')
    .flatMap((label) => (label.includes('-') ? [label.replaceAll('-', ''), ...label.split('-')] : [label]));
};

/** Whoever has more domains holds brands and misspellings: those named first tell what it goes by. */
const domainsRead = 10;

const domainsOf = ({ domains = [] }: KnownAccount): NamedDomain[] =>
  domains.filter(({ domain }) => domain !== '' && !isOpenSite(domain)).sort(earlier);

const none: readonly string[] = [];

export const cardOf = (account: KnownAccount): Card => {
  const { id, name, country = '', parentId = '' } = account;
  const parsed = parseName(name);
  // A slice has no room left over, and what is spelt as it is meant is kept once: half the memory to wait for while cards are compared.
  const words = parsed.segments.flat().slice();
  const asSpelt = parsed.spelt.flat().slice();
  const spelt = asSpelt.every((word, at) => word === words[at]) ? words : asSpelt;
  const weights = words.map(weightOf);
  const domains = domainsOf(account);
  return {
    ...{ id, name, domains, country, parentId, words, spelt, weights },
    weight: weights.reduce((sum, weight) => sum + weight, 0),
    acronyms: parsed.acronyms.length === 0 ? none : parsed.acronyms,
    initials: initialsOf(spelt),
    whole: parsed.whole.join(''),
    form: parsed.forms.at(-1) ?? '',
    labels: [...new Set(domains.slice(0, domainsRead).flatMap(({ domain }) => labelsOf(domain)))],
    wholeKey: wholeKey(words),
  };
};

/** Keys an account is listed under by its name, each once: about five for each word. A key is a text, so that a list of accounts can
 * be an item of a table as well as an entry in memory. */
export const keysOfCard = ({ words, acronyms, initials, domains, wholeKey: whole }: Card): string[] => {
  const keys = new Set([whole, ...words.map(bounded)]);
  for (let at = 0; at + 1 < words.length; at += 1) {
    keys.add(pairKey(words[at]!, words[at + 1]!));
    keys.add(joinedKey(words[at]!, words[at + 1]!));
  }
  for (const word of words) {
    for (const key of [soundKey(word), endingKey(word)]) if (key !== undefined) keys.add(key);
  }
  const labels = domains.slice(0, domainsRead).flatMap(({ domain }) => labelsOf(domain).slice(-2));
  for (const form of [...acronyms, ...(initials.length > 2 ? [initials] : []), ...labels]) keys.add(shortKey(form));
  return [...keys];
};

export const accountKeys = (account: KnownAccount): string[] => keysOfCard(cardOf(account));

/** `.jacob.cea.fr` as it stands, and `^cea.fr` for what lies below a registered domain. No key of a name begins so. */
export const domainKeys = (domain: string): string[] => {
  const registered = registrableDomain(domain);
  return registered === domain ? [`.${domain}`] : [`.${domain}`, `^${registered}`];
};
