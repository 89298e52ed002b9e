// The mails that went out: to whom, when, and their very words; as HTML only in a frame that can do nothing.
import { h } from './dom.js';
import { moment } from './words.js';

const kinds = {
  'lead-routed': 'New lead',
  'sla-reminder': 'Reminder',
  'sla-breached': 'Escalation',
  'sla-corrected': 'Put right',
  'account-surged': 'Surge',
  'account-threshold': 'Account news',
  'auto-response': 'Auto-response',
};

const states = {
  sent: 'Sent',
  claimed: 'Being sent since',
  held: 'Held since',
  stopped: 'Not sent, the mailbox takes no more mail:',
  refused: 'Refused by the mail server',
  bounced: 'Came back, sent',
  complained: 'Called spam, sent',
  dropped: 'Not needed any more',
};

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

function mail({ noticeId, kind, to, subject, text, html, state, at, until }, asHtml) {
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
        ` · ${states[state] ?? state} `,
        moment(at),
        until ? ` until ${moment(until)}` : '',
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
