// What a form's policy says of an address that is no company's.
import type { DoubtfulMail } from '../../events/touch-captured.v1.ts';
import { writtenEmail } from '../domain/email.ts';
import { kindOfMail } from '../domain/email-kind.ts';
import { probablyMeant } from '../domain/mail-typos.ts';
import type { Form } from '../domain/playbook/playbook.ts';

export interface MailRefusal {
  please: string;
  detail: string;
  suggestion?: string;
}

const refusals = {
  freemail: {
    please: 'Please use your work address',
    detail: 'must be your work address; personal addresses are not accepted here',
  },
  disposable: {
    please: 'Please use an address that lasts',
    detail: 'must be an address that lasts; disposable addresses are not accepted here',
  },
} as const satisfies Record<DoubtfulMail, object>;

/** Why the address is not wanted, or that somebody is to look at it; neither where the policy accepts it. Some slips from a big
 * provider's name are names of disposable mail: then with the address that was probably meant, where that is wanted. */
export const mailVerdict = (
  { mail }: Pick<Form, 'mail'>,
  typed: string | undefined,
): { refused?: MailRefusal; doubtfulMail?: DoubtfulMail } => {
  const email = writtenEmail(typed ?? '');
  const kind = email === undefined ? 'business' : kindOfMail(email.slice(email.lastIndexOf('@') + 1));
  if (kind === 'business' || mail[kind] === 'accept') return {};
  if (mail[kind] !== 'refuse') return { doubtfulMail: kind };
  const meant = probablyMeant(typed ?? '');
  const isWanted = meant !== undefined && mailVerdict({ mail }, meant).refused === undefined;
  return { refused: { ...refusals[kind], ...(isWanted && { suggestion: meant }) } };
};
