// One account: its head, its people, and beside them its mails and what happened.
import { accountHead } from './account-head.js';
import { h } from './dom.js';
import { leadCard } from './lead-card.js';
import { mailList } from './mail-list.js';
import { timeline } from './timeline.js';
import { accountName } from './words.js';

/** `mailsAsHtml`: ids of the mails the reader wants to see as HTML. */
export function accountView({ account, leads, notices, events }, mailsAsHtml) {
  return h(
    'div',
    { class: 'account', key: account.accountId },
    h(
      'section',
      { class: 'account-main', 'aria-label': accountName(account) },
      accountHead(account),
      leads.length === 0
        ? h('p', { class: 'card quiet', key: 'nobody' }, 'Nobody from this account has been seen yet.')
        : [...leads].sort(mostUrgent).map(leadCard),
    ),
    h('div', { class: 'account-side' }, mailList(notices, mailsAsHtml), timeline(leads, events)),
  );
}

/** Who waits for an owner first, then clocks that run, by what is due; then the highest scores. */
function mostUrgent(one, other) {
  const due = ({ waiting, sla }) =>
    waiting ? 0 : sla && !sla.stoppedAt ? Date.parse(sla.dueAt) : Number.MAX_SAFE_INTEGER;
  return due(one) - due(other) || other.score - one.score;
}
