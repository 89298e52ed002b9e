// What is said to whom: mails to the rep, to the manager, and to the person who asked.
import { html, page } from './html.ts';

export type NoticeKind = 'lead-routed' | 'sla-reminder' | 'sla-breached' | 'auto-response';

export interface Notice {
  kind: NoticeKind;
  to: string;
  subject: string;
  /** Paragraphs apart by an empty line; a line such as `Who: Bea` names a fact. `htmlOf` says the same as HTML. */
  text: string;
}

/** What a notice to a seller is made of. Every string here may have been typed by a stranger. */
export interface LeadStory {
  person: string;
  email?: string;
  jobTitle?: string;
  company: string;
  grade: string;
  score: number;
  leadReason: string;
  accountStatus: string;
  accountReason: string;
  others: readonly string[];
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
} as const satisfies Record<Exclude<NoticeKind, 'auto-response'>, unknown>;

/** A mail about a lead, as text and as HTML with the same words. */
export const noticeOfLead = (kind: keyof typeof opening, to: string, story: LeadStory): Notice => {
  const who = [story.person, story.jobTitle, story.company].filter(Boolean).join(', ');
  const facts: [string, string][] = [
    ['Who', story.email === undefined || story.email === story.person ? who : `${who} (${story.email})`],
    ['Why now', story.leadReason],
    ['Grade', `${story.grade}, ${story.score} points`],
    ['Account', `${story.accountStatus}. ${story.accountReason}`],
    ...(story.others.length > 0 ? [['Also there', story.others.join('; ')] as [string, string]] : []),
    ...(story.touches.length > 0
      ? [
          [
            'Lately',
            story.touches.map(({ label, at }) => `${label} (${localTime(at, story.timezone)})`).join('; '),
          ] as [string, string],
        ]
      : []),
    ...(story.conversation === undefined ? [] : [['Say', story.conversation] as [string, string]]),
    ...(story.dueAt === undefined
      ? []
      : [['Follow up by', localTime(story.dueAt, story.timezone)] as [string, string]]),
  ];
  return {
    kind,
    to,
    subject: oneLine(`${opening[kind].subject}: ${story.person} at ${story.company} (${story.grade})`),
    text: [
      oneLine(opening[kind].line(story)),
      '',
      ...facts.map(([name, value]) => `${name}: ${oneLine(value, 2_000)}`),
      '',
    ].join('\n'),
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
