// The mails about a lead: it is yours, time is short, time is up, and it was not up after all.
import { localTime } from './local-time.ts';
import type { NamedValue } from './mail-view.ts';
import { type Notice, type NoticeAction, oneLine } from './notice.ts';
import { rolesFact, type StoryRole } from './roles.ts';

/** What a notice to a seller is made of. Every string here may have been typed by a stranger. */
export interface LeadStory {
  person: string;
  email?: string | undefined;
  jobTitle?: string | undefined;
  company: string;
  grade: string;
  /** MQL or SQL. */
  level?: string | undefined;
  score: number;
  leadReason: string;
  accountStatus: string;
  accountReason: string;
  others: readonly string[];
  buyingGroup: readonly StoryRole[];
  /** What stands at the account beside this lead: a surge, thresholds reached; sentences. */
  going: readonly string[];
  touches: readonly { label: string; at: string }[];
  conversation?: string | undefined;
  owner: string;
  ownerEmail: string;
  /** Why the lead is theirs. */
  ownerReason?: string | undefined;
  dueAt?: string | undefined;
  /** The reader's. */
  timezone: string;
  actions?: NoticeAction[];
}

interface Told {
  owner: string;
  /** The mail goes to the owner. */
  own: boolean;
}
const openings = {
  'lead-routed': { subject: 'New lead', line: ({ owner }: Told) => `${owner}, this lead is yours.` },
  'sla-reminder': {
    subject: 'Reminder',
    line: ({ owner, own }: Told) =>
      own ? `${owner}, nobody has followed up yet.` : `${owner} has not followed up yet.`,
  },
  'sla-breached': {
    subject: 'Overdue',
    line: ({ owner, own }: Told) =>
      own
        ? `${owner}, nobody has followed up within the agreed time.`
        : `${owner} has not followed up within the agreed time. Please see that somebody does.`,
  },
} as const;

const given = (name: string, value: string | undefined): NamedValue[] =>
  value === undefined || value === '' ? [] : [{ name, value }];

const titleOf = ({ person, company, grade }: LeadStory): string => `${person} at ${company} (${grade})`;

export const noticeOfLead = (kind: keyof typeof openings, to: string, story: LeadStory): Notice => {
  const { subject, line } = openings[kind];
  const who = [story.person, story.jobTitle, story.company].filter(Boolean).join(', ');
  return {
    kind,
    to,
    subject: oneLine(`${subject}: ${titleOf(story)}`),
    matter: {
      title: oneLine(titleOf(story)),
      said: [oneLine(line({ owner: story.owner, own: to === story.ownerEmail }))],
      facts: [
        ...given('Who', story.email === undefined || story.email === story.person ? who : `${who} (${story.email})`),
        ...given('Why now', story.leadReason),
        ...given('Why you', story.ownerReason),
        ...given('Say', story.conversation),
        ...given('Grade', [story.grade, `${story.score} points`, story.level].filter(Boolean).join(', ')),
        ...given('Account', `${story.accountStatus}. ${story.accountReason}`),
        ...given('Also there', story.others.join('; ')),
        ...rolesFact(story.buyingGroup),
        ...given('Going on', story.going.join(' ')),
      ],
      touches: story.touches.map(({ label, at }) => ({ label, at: localTime(at, story.timezone) })),
      ...(story.dueAt !== undefined && { due: localTime(story.dueAt, story.timezone) }),
      ...(story.actions !== undefined && { actions: story.actions }),
    },
  };
};

/** To whoever was told that time was up, then (as their clock shows it), once a follow-up is known that was in time. */
export const correctionOf = ({ to, subject, matter: { title } }: Notice, toldAt: string): Notice => ({
  kind: 'sla-corrected',
  to,
  subject: oneLine(`Put right: ${title ?? subject}`),
  matter: {
    ...(title !== undefined && { title }),
    said: [
      `Somebody did follow up within the agreed time; we heard of it only now. What we told you on ${toldAt}, that it was overdue, was wrong.`,
    ],
  },
});
