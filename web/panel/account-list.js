// The accounts assessed last, to choose from.
import { h } from './dom.js';
import { statusPill } from './status.js';
import { accountName, ago, number } from './words.js';

/** `pinned`: the reader chose this account; otherwise the newest is shown, whichever it is. */
export function accountList(accounts, chosenId, pinned, ownOnly) {
  return h(
    'nav',
    { class: 'accounts', 'aria-label': ownOnly ? 'Your accounts' : 'Accounts', key: 'accounts' },
    h(
      'div',
      { class: 'accounts-head' },
      h('h2', null, ownOnly ? 'Your accounts' : 'Accounts'),
      pinned
        ? h('a', { href: '#', class: 'follow' }, 'Follow the newest')
        : h('span', { class: 'quiet' }, 'Newest first'),
    ),
    accounts.length === 0
      ? h(
          'p',
          { class: 'quiet pad' },
          ownOnly ? 'None is yours yet.' : 'None yet. Send the form on the demo site, and it appears here.',
        )
      : h(
          'ul',
          null,
          accounts.map((account) => accountLink(account, account.accountId === chosenId)),
        ),
  );
}

function accountLink(account, isChosen) {
  const { accountId, name, domain, status, score, updatedAt } = account;
  return h(
    'li',
    { key: accountId },
    h(
      'a',
      { href: `#account=${encodeURIComponent(accountId)}`, 'aria-current': isChosen && 'true' },
      h(
        'span',
        { class: 'account-name' },
        accountName(account),
        name && domain && h('span', { class: 'quiet' }, ` ${domain}`),
      ),
      h('span', { class: 'account-score', title: 'Score' }, number(score)),
      h('span', null, statusPill(status)),
      h('span', { class: 'account-time quiet' }, ago(updatedAt)),
    ),
  );
}
