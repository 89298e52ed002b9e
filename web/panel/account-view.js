// One account: where it stands and why, whose it is, and what its score is made of.
import { h } from './dom.js';
import { leadCard } from './lead-card.js';
import { mailList } from './mail-list.js';
import { scoreSum } from './score-tables.js';
import { statusJourney, statusPill } from './status.js';
import { timeline } from './timeline.js';
import { accountName, ago, number } from './words.js';

/** `mailsAsHtml`: ids of the mails the reader wants to see as HTML. */
export function accountView({ account, leads, notices, events }, mailsAsHtml) {
  return h(
    'div',
    { class: 'account', key: account.accountId },
    h(
      'section',
      { class: 'account-main', 'aria-label': accountName(account) },
      head(account),
      leads.length === 0
        ? h('p', { class: 'card quiet', key: 'nobody' }, 'Nobody from this account has been seen yet.')
        : [...leads].sort(mostUrgent).map(leadCard),
    ),
    h('div', { class: 'account-side' }, mailList(notices, mailsAsHtml), timeline(leads, events)),
  );
}

function head(account) {
  const { domain, name, owner, status, statusSince, reason, score, parts } = account;
  return h(
    'header',
    { class: 'card head', key: 'head' },
    h(
      'div',
      { class: 'head-line' },
      h(
        'div',
        null,
        h('h1', null, accountName(account)),
        h(
          'p',
          { class: 'quiet' },
          name && domain ? h('span', null, domain) : null,
          owner ? `Owner ${owner}` : 'No owner yet',
        ),
      ),
      h('p', { class: 'big-score' }, h('strong', null, number(score)), h('span', null, 'account score')),
    ),
    h(
      'div',
      { class: 'standing', key: status },
      statusPill(status),
      h('p', null, h('span', { class: 'reason' }, reason), h('span', { class: 'quiet' }, 'since ', ago(statusSince))),
    ),
    statusJourney(status),
    scoreSum(parts, score),
  );
}

/** Clocks that run first, by what is due; then the highest scores. */
function mostUrgent(one, other) {
  const due = ({ sla }) => (sla && !sla.stoppedAt ? Date.parse(sla.dueAt) : Number.MAX_SAFE_INTEGER);
  return due(one) - due(other) || other.score - one.score;
}
