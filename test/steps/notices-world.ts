// One rep and her manager, so that whose turn it is plays no part, and the mails they got: what the tests of notices share.
import type { PlaybookInput } from '../../lib/domain/playbook/playbook.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import type { World } from '../simulation/world.ts';

export const ada = { name: 'Ada Rep', email: 'ada@seller.example', manager: 'grace@seller.example' };
export const grace = { name: 'Grace Manager', email: 'grace@seller.example' };

/** Berlin, Monday to Friday, 10 to 18. */
export const playbook = (changes: Partial<PlaybookInput> = {}) =>
  testPlaybook({
    people: [ada, grace],
    routing: { pools: { inbound: { members: [{ email: ada.email }] } }, defaultPool: 'inbound' },
    ...changes,
  });

/** Sellers' mails as `11-20 09:00 ada: New lead: …`, in UTC; with `short` only what kind of mail it is. */
export const mailsIn = ({ embedded }: World, { short = false } = {}): string[] =>
  embedded.mailer
    .outbox()
    .filter(({ to }) => to.endsWith('@seller.example'))
    .map(({ to, subject, sentAt }) => {
      const at = new Date(sentAt).toISOString();
      return `${at.slice(5, 10)} ${at.slice(11, 16)} ${to.split('@')[0]}: ${short ? subject.split(':')[0] : subject}`;
    });
