// Mail addresses that stand anywhere in a text, as the ids of whose they are: to look for somebody without keeping their address.
import { normaliseEmail } from './email.ts';
import { leadIdOfEmail, recipientIdOf } from './ids.ts';

const addressShape = /[^\s@"<>(),;:\\[\]]{1,64}@[^\s@"<>(),;:\\[\]/?&#'`]{3,253}/g;

/** The ids of all whose addresses stand in the text, as people and as recipients. */
export const idsOfAddresses = (text: string): string[] =>
  (text.match(addressShape) ?? []).flatMap((found) => {
    const typed = found.replace(/[.!]+$/, '');
    const email = normaliseEmail(typed);
    return email === undefined ? [] : [leadIdOfEmail(email), recipientIdOf(typed)];
  });

export const withoutAddresses = (text: string): string => text.replaceAll(addressShape, '(an address)');

export const hasAddressOf = (ids: ReadonlySet<string>, text: string): boolean =>
  idsOfAddresses(text).some((id) => ids.has(id));
