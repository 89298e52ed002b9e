// Where the account stands and why, whose it is, what is going on there, and what its score is made of.
import { buyingGroup, surgeBanner, thresholds } from './account-signs.js';
import { accountSum } from './account-sum.js';
import { h } from './dom.js';
import { fitRow, missingText } from './fit-table.js';
import { statusJourney, statusPill } from './status.js';
import { sumOf, sumTable } from './sums.js';
import { accountName, ago, moment, number, plural } from './words.js';

export function accountHead(account) {
  const { status, statusSince, reason, score, parts, surge, reached, buyingGroup: roles } = account;
  return h(
    'header',
    { class: 'card head', key: 'head' },
    h(
      'div',
      { class: 'head-line' },
      h('div', { class: 'named' }, h('h1', null, accountName(account)), about(account)),
      h('p', { class: 'big-score' }, h('strong', null, number(score)), h('span', null, 'account score')),
    ),
    h(
      'div',
      { class: 'standing', key: `status ${status}` },
      statusPill(status, account.stage),
      h('p', null, h('span', { class: 'reason' }, reason), h('span', { class: 'quiet' }, 'since ', ago(statusSince))),
    ),
    surgeBanner(surge),
    thresholds(reached),
    statusJourney(status),
    accountSum(parts, score),
    companyFit(account),
    buyingGroup(roles),
    footnote(account),
  );
}

function about({ domain, name, owner, anonymousVisitors }) {
  return h(
    'p',
    { class: 'quiet facts' },
    name && domain ? h('span', null, domain) : null,
    h('span', null, owner ? `Owner ${owner}` : 'No owner yet'),
    anonymousVisitors > 0 &&
      h('span', null, `${plural(anonymousVisitors, 'unknown visitor')} from its network `, source()),
  );
}

/** Whose data may have told the network's owner: its licence asks to be named where that shows. */
function source() {
  const named = { href: 'https://db-ip.com', rel: 'noreferrer', title: 'Owners of networks: Route Views, NRO, DB-IP' };
  return h('a', named, 'IP Geolocation by DB-IP');
}

/** Says nothing of companies nobody knows anything of. */
function companyFit({ companyFit: letter, companyFitParts, companyMissing }) {
  if (!letter) return null;
  const points = sumOf(companyFitParts);
  return h(
    'details',
    { class: 'company-fit', key: 'company' },
    h(
      'summary',
      null,
      'Company fit ',
      h('b', { class: `letter letter-${letter}` }, letter),
      h('span', { class: 'quiet' }, ` ${number(points)} ${Math.abs(points) === 1 ? 'point' : 'points'}`),
    ),
    sumTable({
      key: 'company-score',
      caption: h('span', { class: 'unseen' }, 'Company fit'),
      headings: ['What is known', 'Points'],
      rows: companyFitParts,
      rowOf: fitRow,
      nothing: 'No rule holds',
      total: 'Company fit',
      score: points,
      after: missingText(companyMissing),
    }),
  );
}

function footnote({ version, nextChangeAt }) {
  if (version === null && !nextChangeAt) return null;
  return h(
    'p',
    { class: 'quiet facts', key: 'footnote' },
    version !== null && h('span', null, `Playbook version ${version}`),
    nextChangeAt && h('span', null, 'Time alone may change this on ', moment(nextChangeAt)),
  );
}
