// The mails that went out: to whom, when, and their very words; as HTML only in a frame that can do nothing.
import { h } from './dom.js';
import { minute, moment } from './words.js';

const kinds = {
  'lead-routed': 'New lead',
  'sla-reminder': 'Reminder',
  'sla-breached': 'Escalation',
  'sla-corrected': 'Correction',
  'account-surged': 'Surge',
  'account-threshold': 'Account news',
  'auto-response': 'Auto-response',
};

const bounced = 'the mailbox takes no mail';
const complained = 'whoever reads it called our mail spam';

/** What became of it; those that did not arrive stand out. */
const states = {
  sent: ({ at }) => ['Sent ', moment(at)],
  claimed: ({ at }) => ['Being sent since ', moment(at)],
  held: ({ until }) => ['Held until ', until ? minute(until) : 'somebody may be reached'],
  stopped: ({ at, why }) => [`Not sent: ${why === 'complaint' ? complained : bounced}, `, moment(at)],
  refused: ({ at, why }) => ['Refused by the mail server ', moment(at), why && `: ${why}`],
  bounced: ({ at, why }) => ['Came back, sent ', moment(at), why && `: ${why}`],
  complained: ({ at }) => ['Called spam by whoever reads it, sent ', moment(at)],
  dropped: ({ at }) => ['Not sent: not needed any more, ', moment(at)],
};

const tones = { held: 'on-hold', stopped: 'failed', refused: 'failed', bounced: 'failed', complained: 'failed' };

export function mailList(notices, mailsAsHtml) {
  return h(
    'section',
    { class: 'card', key: 'mails' },
    h('h2', null, 'Mails ', h('span', { class: 'count' }, String(notices.length))),
    notices.length === 0
      ? h('p', { class: 'quiet' }, 'None yet. The first goes to the rep as soon as a lead has one.')
      : [...notices]
          .sort((one, other) => (one.at < other.at ? 1 : -1))
          .map((notice) => mail(notice, mailsAsHtml.has(notice.noticeId))),
  );
}

function mail(notice, asHtml) {
  const { noticeId, kind, to, subject, text, html, state, at } = notice;
  const choice = (label, wantsHtml) =>
    h(
      'button',
      {
        type: 'button',
        'data-mail': noticeId,
        'data-html': wantsHtml && 'yes',
        'aria-pressed': String(asHtml === wantsHtml),
      },
      label,
    );
  return h(
    'details',
    { class: 'mail', key: noticeId },
    h(
      'summary',
      null,
      h('span', { class: 'mail-subject' }, subject),
      h('span', { class: 'quiet mail-to' }, 'to ', to),
      h(
        'span',
        { class: 'quiet' },
        h('span', { class: `kind ${kind}` }, kinds[kind] ?? kind),
        ' · ',
        h('span', { class: tones[state] }, states[state]?.(notice) ?? [`${state} `, moment(at)]),
      ),
    ),
    h(
      'div',
      { class: 'mail-body' },
      h(
        'div',
        { class: 'choice', role: 'group', 'aria-label': 'Show as' },
        choice('Text', false),
        choice('HTML', true),
      ),
      asHtml
        ? h('iframe', { key: 'html', sandbox: '', srcdoc: html, title: `HTML version: ${subject}`, loading: 'lazy' })
        : h('pre', { key: 'text' }, text),
    ),
  );
}
