// What is said to whom: mails to the rep, to the manager, and to the person who asked.
import { html, page } from './html.ts';

export type NoticeKind =
  | 'lead-routed'
  | 'sla-reminder'
  | 'sla-breached'
  | 'account-surged'
  | 'account-threshold'
  | 'auto-response';

export interface Notice {
  kind: NoticeKind;
  to: string;
  subject: string;
  /** Paragraphs apart by an empty line; a line such as `Who: Bea` names a fact. `htmlOf` says the same as HTML. */
  text: string;
}

/** A part in the purchase, and who plays it; nobody where it is missing. */
export interface StoryRole {
  label: string;
  people: readonly string[];
}

/** What a notice to a seller is made of. Every string here may have been typed by a stranger. */
export interface LeadStory {
  person: string;
  email?: string;
  jobTitle?: string;
  company: string;
  grade: string;
  /** MQL or SQL. */
  level?: string;
  score: number;
  leadReason: string;
  accountStatus: string;
  accountReason: string;
  others: readonly string[];
  buyingGroup: readonly StoryRole[];
  /** What stands at the account beside this lead: a surge, thresholds reached; sentences. */
  going: readonly string[];
  touches: readonly { label: string; at: string }[];
  conversation?: string;
  owner: string;
  dueAt?: string;
  timezone: string;
}

/** A subject is one line: line breaks and control characters become spaces. */
const oneLine = (text: string, longest = 200): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, longest);

const formatters = new Map<string, Intl.DateTimeFormat>();

/** `Fri, 20 Nov 2026, 10:02:00 CET`. A formatter costs more to make than a thousand uses of it. */
const localTime = (moment: string, timeZone: string): string => {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    const options = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit' } as const;
    const precise = { minute: '2-digit', second: '2-digit', timeZoneName: 'short' } as const;
    formatter = new Intl.DateTimeFormat('en-GB', { timeZone, ...options, ...precise });
    formatters.set(timeZone, formatter);
  }
  return formatter.format(Date.parse(moment));
};

const opening = {
  'lead-routed': { subject: 'New lead', line: (story: LeadStory) => `${story.owner}, this lead is yours.` },
  'sla-reminder': { subject: 'Reminder', line: (story: LeadStory) => `${story.owner}, nobody has followed up yet.` },
  'sla-breached': {
    subject: 'Overdue',
    line: (story: LeadStory) =>
      `${story.owner} has not followed up within the agreed time. Please see that somebody does.`,
  },
} as const satisfies Partial<Record<NoticeKind, unknown>>;

type Fact = [name: string, value: string];

/** `Economic buyer: Bea Buyer; missing: Champion, User`. */
const rolesFact = (roles: readonly StoryRole[]): Fact[] => {
  if (roles.length === 0) return [];
  const missing = roles.filter(({ people }) => people.length === 0).map(({ label }) => label);
  const there = roles.filter(({ people }) => people.length > 0);
  const told = there.map(({ label, people }) => `${label}: ${people.join(', ')}`);
  return [['Buying group', [...told, ...(missing.length > 0 ? [`missing: ${missing.join(', ')}`] : [])].join('; ')]];
};

const asText = (opening: string, facts: readonly Fact[]): string =>
  [oneLine(opening), '', ...facts.map(([name, value]) => `${name}: ${oneLine(value, 2_000)}`), ''].join('\n');

/** A mail about a lead, as text and as HTML with the same words. */
export const noticeOfLead = (kind: keyof typeof opening, to: string, story: LeadStory): Notice => {
  const who = [story.person, story.jobTitle, story.company].filter(Boolean).join(', ');
  const facts: Fact[] = [
    ['Who', story.email === undefined || story.email === story.person ? who : `${who} (${story.email})`],
    ['Why now', story.leadReason],
    ['Grade', [story.grade, `${story.score} points`, story.level].filter(Boolean).join(', ')],
    ['Account', `${story.accountStatus}. ${story.accountReason}`],
    ...(story.others.length > 0 ? [['Also there', story.others.join('; ')] as Fact] : []),
    ...rolesFact(story.buyingGroup),
    ...(story.going.length > 0 ? [['Going on', story.going.join(' ')] as Fact] : []),
    ...(story.touches.length > 0
      ? [
          [
            'Lately',
            story.touches.map(({ label, at }) => `${label} (${localTime(at, story.timezone)})`).join('; '),
          ] as Fact,
        ]
      : []),
    ...(story.conversation === undefined ? [] : [['Say', story.conversation] as Fact]),
    ...(story.dueAt === undefined ? [] : [['Follow up by', localTime(story.dueAt, story.timezone)] as Fact]),
  ];
  return {
    kind,
    to,
    subject: oneLine(`${opening[kind].subject}: ${story.person} at ${story.company} (${story.grade})`),
    text: asText(opening[kind].line(story), facts),
  };
};

/** What a notice on an account is made of. */
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

/** A mail to an account's owner on something that concerns all of it. */
export const noticeOfAccount = (kind: keyof typeof heading, to: string, story: AccountStory): Notice => {
  const facts: Fact[] = [
    ['Why now', story.why],
    ['Account', `${story.accountStatus}, ${story.score} points. ${story.accountReason}`],
    ...(story.people.length > 0 ? [['Who', story.people.join('; ')] as Fact] : []),
    ...rolesFact(story.buyingGroup),
  ];
  return {
    kind,
    to,
    subject: oneLine(`${heading[kind]}: ${story.company}, ${story.what}`),
    text: asText(`${story.owner}, ${story.company} is yours, and something is going on there: ${story.what}.`, facts),
  };
};

/** The form's own answer to the person who sent it, in the playbook's words; nothing of theirs is repeated. */
export const autoResponse = (to: string, { subject, text }: { subject: string; text: string }): Notice => ({
  kind: 'auto-response',
  to,
  subject: oneLine(subject),
  text,
});

const factLine = /^([A-Z][A-Za-z ]{0,20}): (.*)$/;

const factsTable = (lines: readonly string[]) =>
  html`<table style="border-collapse:collapse">${lines.map((line) => {
    const [, name = '', value = line] = factLine.exec(line) ?? [];
    return html`<tr><td style="padding:6px 16px 6px 0;color:#5b6472;vertical-align:top;white-space:nowrap">${name}</td><td style="padding:6px 0">${value}</td></tr>`;
  })}</table>`;

/** The notice as HTML, made from its text and never kept: it is three times as long and says nothing more. */
export const htmlOf = ({ kind, text }: Notice): string => {
  const paragraphs = text.trim().split(/\n{2,}/);
  const [first = '', ...rest] = paragraphs;
  if (kind === 'auto-response') {
    return page(html`${paragraphs.map((paragraph) => html`<p style="margin:0 0 16px">${paragraph}</p>`)}`);
  }
  const facts = rest.map((paragraph) => factsTable(paragraph.split('\n')));
  return page(html`<p style="margin:0 0 16px;font-weight:600">${first}</p>${facts}`);
};
