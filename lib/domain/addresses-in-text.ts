// Mail addresses that stand anywhere in a text, as the ids of whose they are: to look for somebody without keeping their address.
import { normaliseEmail } from './email.ts';
import { leadIdOfEmail, recipientIdOf } from './ids.ts';

const addressShape = /[^\s@"<>(),;:\\[\]]{1,64}@[^\s@"<>(),;:\\[\]/?&#'`]{3,253}/g;

/** As what an address may be read: in that of a page, `…?email=ann@acme.example`, it begins behind the last mark. */
const readings = (found: string): string[] => {
  const typed = found.replace(/[.!]+$/, '');
  return [...new Set([typed, typed.replace(/^[^@]*[/?&=#]/, '')])];
};
/** Pages' addresses have it encoded. */
const decoded = (text: string): string => text.replaceAll('%40', '@').replaceAll(/%2B/gi, '+');

const idsOf = (found: string): string[] =>
  readings(found).flatMap((typed) => {
    const email = normaliseEmail(typed);
    return email === undefined ? [] : [leadIdOfEmail(email), recipientIdOf(typed)];
  });

/** The ids of all whose addresses stand in the text, as people and as recipients. */
export const idsOfAddresses = (text: string): string[] => (decoded(text).match(addressShape) ?? []).flatMap(idsOf);

/** The text with other words in place of those addresses of whose ids that is true. */
export const withoutAddressesOf = (isTheirs: (ids: string[]) => boolean, text: string, instead: string): string =>
  decoded(text).replaceAll(addressShape, (found) => {
    const ids = idsOf(found);
    return ids.length > 0 && isTheirs(ids) ? found.replace(readings(found).at(-1)!, instead) : found;
  });

export const withoutAddresses = (text: string): string => text.replaceAll(addressShape, '(an address)');

export const hasAddressOf = (ids: ReadonlySet<string>, text: string): boolean =>
  idsOfAddresses(text).some((id) => ids.has(id));
