// One spelling of a mail address, so that one person is one lead.
import { asciiHost } from './host.ts';
import { mailboxOf } from './mailbox.ts';

/** What neither side of an address may hold: it would break out of a mail header, or make two addresses of one. */
const shape = /^[^\s@"<>(),;:\\[\]\p{Cc}]{1,64}@([^\s@"<>(),;:\\[\]\p{Cc}.]+(\.[^\s@"<>(),;:\\[\]\p{Cc}.]+)+)$/u;

/** Lower case, trimmed, compatibility forms folded, the host in ASCII as browsers send it; undefined when it cannot be a mail
 * address. What mail is sent to. */
export const writtenEmail = (typed: string): string | undefined => {
  const email = typed.normalize('NFKC').trim().toLowerCase();
  const host = shape.exec(email)?.[1];
  const ascii = host === undefined ? '' : asciiHost(host);
  if (ascii === '') return undefined;
  const normal = email.slice(0, email.length - host!.length) + ascii;
  return normal.length <= 254 ? normal : undefined;
};

/** The same, and one for all spellings that reach one mailbox. Who somebody is. */
export const normaliseEmail = (typed: string): string | undefined => {
  const email = writtenEmail(typed);
  return email === undefined ? undefined : mailboxOf(email);
};
