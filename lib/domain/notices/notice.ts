// What is said to whom: a mail as it is meant, from which its text and its HTML are made, both with the same words.
import type { LinkedAction } from '../action-links.ts';
import { address, unlinked } from './html.ts';
import { mailHtml } from './mail-template.ts';
import type { MatterView, NamedValue } from './mail-view.ts';

export type NoticeKind =
  | 'lead-routed'
  | 'sla-reminder'
  | 'sla-breached'
  | 'sla-corrected'
  | 'account-surged'
  | 'account-threshold'
  | 'auto-response';

/** What its reader can do about a lead by a link of the mail. */
export interface NoticeAction extends Omit<LinkedAction, 'exp'> {
  label: string;
}

/** One thing a mail is about: a lead, an account. All of it is text, whoever typed it. */
export interface Matter {
  title?: string;
  /** Paragraphs. */
  said: string[];
  facts?: NamedValue[];
  /** The last touches, newest first; moments as the reader's clock shows them. */
  touches?: { at: string; label: string }[];
  due?: string;
  /** None are kept: who may read a notice may not act by it. */
  actions?: NoticeAction[];
}

export interface Notice {
  kind: NoticeKind;
  to: string;
  subject: string;
  matter: Matter;
}

/** As it is sent: of several notices to one person the digest. */
export interface Mailing {
  to: string;
  subject: string;
  intro?: string;
  matters: readonly Matter[];
  footer?: string;
}

/** Where an action's link leads; of a notice that is only shown there are none. */
export type HrefOf = (action: NoticeAction) => string;

/** A subject is one line: line breaks and control characters become spaces. */
export const oneLine = (text: string, longest = 200): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, longest);

const dueName = 'Follow up by';
const touchesName = 'Lately';
const badName = 'Bad lead';

/** What is about nothing is a form's own answer: its links are the playbook's. */
const saidIn = ({ title, said }: Matter): readonly string[] => (title === undefined ? said : said.map(unlinked));

const textOfMatter = (matter: Matter, hrefOf?: HrefOf): string => {
  const { title, facts = [], touches = [], due, actions = [] } = matter;
  return [
    ...(title === undefined ? [] : [`${unlinked(oneLine(title))}\n`]),
    saidIn(matter)
      .map((paragraph) => `${paragraph.trim()}\n`)
      .join('\n'),
    [
      ...facts.map(({ name, value }) => `${name}: ${unlinked(oneLine(value, 2_000))}\n`),
      ...(touches.length === 0 ? [] : [`${touchesName}:\n`]),
      ...touches.map(({ at, label }) => `- ${at}: ${unlinked(oneLine(label))}\n`),
      ...(due === undefined ? [] : [`${dueName}: ${due}\n`]),
    ].join(''),
    hrefOf === undefined
      ? ''
      : actions
          .map((action) => `${action.does === 'bad' ? `${badName}: ` : ''}${action.label}\n${hrefOf(action)}\n`)
          .join(''),
  ]
    .filter((part) => part !== '')
    .join('\n');
};

export const textOf = ({ intro, matters, footer }: Omit<Mailing, 'to' | 'subject'>, hrefOf?: HrefOf): string =>
  [
    ...(intro === undefined ? [] : [`${intro}\n`]),
    ...matters.map((matter) => textOfMatter(matter, hrefOf)),
    ...(footer === undefined ? [] : [`${footer}\n`]),
  ].join(`\n${matters.length > 1 ? `${'-'.repeat(60)}\n\n` : ''}`);

const viewOf = ({ title, said, facts = [], touches = [], due, actions = [] }: Matter, hrefOf?: HrefOf): MatterView => {
  const links = hrefOf === undefined ? [] : actions.map((action) => ({ ...action, href: address(hrefOf(action)) }));
  const bad = links.filter(({ does }) => does === 'bad');
  return {
    title: title === undefined ? [] : [title],
    said,
    due: due === undefined ? [] : [{ name: dueName, value: due }],
    buttons: links.filter(({ does }) => does !== 'bad'),
    choices: bad.length === 0 ? [] : [{ label: badName, links: bad }],
    tables: facts.length === 0 ? [] : [facts],
    timelines: touches.length === 0 ? [] : [{ name: touchesName, touches }],
  };
};

export const htmlOf = (mailing: Mailing, hrefOf?: HrefOf): string => {
  const { subject, intro, matters, footer } = mailing;
  return mailHtml({
    subject,
    preview: matters[0]?.said[0] ?? subject,
    intro: intro === undefined ? [] : [intro],
    matters: matters.map((matter) => viewOf(matter, hrefOf)),
    footer: footer === undefined ? [] : [footer],
  });
};

/** To a person of the team; the form's answer to somebody outside has nothing but its words. */
const whySent = 'Muster sends you this because the playbook names you among its people.';

export const mailingOf = ({ kind, to, subject, matter }: Notice): Mailing => ({
  to,
  subject,
  matters: [matter],
  ...(kind !== 'auto-response' && { footer: whySent }),
});

/** Several notices to one person that waited for the same moment, as one mail; one alone is itself. */
export const digestOf = (notices: readonly [Notice, ...Notice[]]): Mailing => {
  const [first] = notices;
  if (notices.length === 1) return mailingOf(first);
  const leads = notices.filter(({ kind }) => kind === 'lead-routed').length;
  const others = notices.length - leads;
  const counted = [
    ...(leads > 0 ? [`${leads} new ${leads === 1 ? 'lead' : 'leads'}`] : []),
    ...(others > 0 ? [`${others} more ${others === 1 ? 'notice' : 'notices'}`] : []),
  ].join(' and ');
  return {
    to: first.to,
    subject: `${counted} for you`,
    intro: `While you were not at work, or waiting for this hour: ${counted}.`,
    matters: notices.map(({ subject, matter }) => ({ ...matter, title: subject })),
    footer: whySent,
  };
};

/** As it is kept: without what its links would do. */
export const keptOf = ({ matter: { actions: _, ...matter }, ...notice }: Notice): Notice => ({ ...notice, matter });

/** The form's own answer to the person who sent it, in the playbook's words; nothing of theirs is repeated. */
export const autoResponse = (to: string, { subject, text }: { subject: string; text: string }): Notice => ({
  kind: 'auto-response',
  to,
  subject: oneLine(subject),
  matter: { said: text.trim().split(/\n{2,}/) },
});
