// What a form's policy says of an address that is no company's.
import type { DoubtfulMail } from '../../events/touch-captured.v1.ts';
import { writtenEmail } from '../domain/email.ts';
import { kindOfMail } from '../domain/email-kind.ts';
import type { Form } from '../domain/playbook/playbook.ts';

const refusals = {
  freemail: 'must be your work address; personal addresses are not accepted here',
  disposable: 'must be an address that lasts; disposable addresses are not accepted here',
} as const satisfies Record<DoubtfulMail, string>;

/** Why the address is not wanted, or that somebody is to look at it; neither where the policy accepts it. */
export const mailVerdict = (
  { mail }: Form,
  typed: string | undefined,
): { refused?: string; doubtfulMail?: DoubtfulMail } => {
  const email = writtenEmail(typed ?? '');
  const kind = email === undefined ? 'business' : kindOfMail(email.slice(email.lastIndexOf('@') + 1));
  if (kind === 'business' || mail[kind] === 'accept') return {};
  return mail[kind] === 'refuse' ? { refused: refusals[kind] } : { doubtfulMail: kind };
};
