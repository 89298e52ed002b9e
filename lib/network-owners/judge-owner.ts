// What the owner of a network is, by its name and the space it announces. Only of a company do its addresses say who is there: at a
// provider's it is anybody, at a hoster's a program, at a university's a student.
import { legalFormAt } from '../domain/names/legal-forms.ts';
import { wordsOf } from '../domain/phrases.ts';
import { keptKindOf } from './kept-owners.ts';
import type { Owner, OwnerKind, Space } from './owner.ts';
import * as words from './owner-words.ts';

const has = (name: readonly string[], set: ReadonlySet<string>): boolean => name.some((word) => set.has(word));

const endsAsProvider = (word: string): boolean =>
  word.length >= 6 && words.weakProviderParts.test(word) && !words.notProviderParts.has(word);

/** Names without accents, in small letters: ` telefonica de espana s a u `. */
const folded = (name: string): string => wordsOf(name.normalize('NFD').replace(/\p{M}/gu, ''));

/** A provider's own share: registries give one /32 of IPv6 or more, and give who only connects its sites a /48 or a few (ARIN's
 * number resource policy 6.5.2 and 6.5.8; LACNIC's and APNIC's are alike). */
const isProvidersShare = ({ v4, v6Sites }: Space): boolean => v6Sites >= 65_536 || v4 >= 262_144;

/** Twenty ranges and more, of four networks of 256 each at most: leased here and there, and let to others. */
const isScattered = ({ v4, v4Ranges }: Space): boolean => v4Ranges >= 20 && v4 / v4Ranges < 1024;

/** LACNIC's share of the AS numbers of four bytes, by IANA's registry: mostly access providers of one town, whose names are those of
 * their owners. */
const isOfLatinAmerica = (asn: number): boolean => asn >= 262_144 && asn <= 327_679;

/** Members of Indonesia's registry, which are providers or buy from them: the form of a company stands first there. */
const isOfIndonesia = (text: string): boolean => text.startsWith(' pt ');

/** Numbers of four bytes from RIPE NCC, by the same registry: whoever there has no legal form is a person with a hobby, or a shop
 * that hires servers out. */
const isPerson = (asn: number, name: readonly string[]): boolean =>
  asn >= 196_608 && asn <= 262_143 && !name.some((_, at) => legalFormAt(name, at) > 0);

/** The kind of an owner. The kept list first, then what the words say, then the space. In doubt it is no company: a visit
 * counted for the wrong company is worse than one counted for none. */
export const kindOfOwner = ({ asn, name }: Owner, space: Space): OwnerKind => {
  const text = folded(name);
  const kept = keptKindOf(asn, text);
  if (kept !== undefined) return kept;
  const all = text.trim().split(' ');
  const says = (phrases: readonly string[]) => phrases.some((phrase) => text.includes(phrase));
  if (has(all, words.vpnWords)) return 'vpn';
  if (has(all, words.educationWords)) return 'education';
  if (has(all, words.hosterWords) || says(words.hosterPhrases) || all.some((word) => words.hosterParts.test(word))) {
    return 'hoster';
  }
  if (
    has(all, words.providerWords) ||
    says(words.providerPhrases) ||
    all.some((word) => words.providerParts.test(word))
  ) {
    return 'provider';
  }
  if (isProvidersShare(space) && has(all, words.townWords)) return 'provider';
  if (has(all, words.companyWords)) return 'company';
  if (has(all, words.weakProviderWords) || all.some(endsAsProvider)) return 'provider';
  if (isScattered(space)) return 'hoster';
  if (has(all, words.individualWords) || says(words.individualPhrases)) return 'provider';
  const saysNothing = text.trim() === `as${asn}`;
  const isDoubtful = isProvidersShare(space) || isOfLatinAmerica(asn) || isOfIndonesia(text) || isPerson(asn, all);
  return saysNothing || isDoubtful ? 'provider' : 'company';
};
