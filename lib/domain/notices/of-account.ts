// The mail to an account's owner on something that concerns all of it.
import { type Notice, oneLine } from './notice.ts';
import { rolesFact, type StoryRole } from './roles.ts';

/** What it is made of. Every string here may have been typed by a stranger. */
export interface AccountStory {
  company: string;
  /** What is new, in a few words and in a sentence. */
  what: string;
  why: string;
  accountStatus: string;
  accountReason: string;
  score: number;
  people: readonly string[];
  buyingGroup: readonly StoryRole[];
  owner: string;
}

const heading = { 'account-surged': 'Surge', 'account-threshold': 'Account' } as const;

export const noticeOfAccount = (kind: keyof typeof heading, to: string, story: AccountStory): Notice => {
  const { company, what, why, owner, accountStatus, accountReason, score, people, buyingGroup } = story;
  return {
    kind,
    to,
    subject: oneLine(`${heading[kind]}: ${company}, ${what}`),
    matter: {
      title: oneLine(company),
      said: [oneLine(`${owner}, ${company} is yours, and something is going on there: ${what}.`, 400)],
      facts: [
        { name: 'Why now', value: why },
        { name: 'Account', value: `${accountStatus}, ${score} points. ${accountReason}` },
        ...(people.length > 0 ? [{ name: 'Who', value: people.join('; ') }] : []),
        ...rolesFact(buyingGroup),
      ],
    },
  };
};
