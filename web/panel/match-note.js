// Why somebody is in this account, and what somebody should look at: the reason, the best suggestion, what to type.
import { h } from './dom.js';
import { ago } from './words.js';

export function matchNote(lead) {
  const { match, review } = lead;
  if (!match && !review) return null;
  return h(
    'div',
    { class: 'match', key: 'match' },
    match &&
      h(
        'p',
        { class: 'quiet', key: 'evidence' },
        h('b', null, without.includes(match.rule) ? 'No account ' : 'Why here '),
        match.evidence,
      ),
    review && reviewNote(lead),
  );
}

/** Rules by which they stand alone. */
const without = ['unmatched', 'ambiguous'];

const reasons = {
  unmatched: 'No account is known for this person.',
  ambiguous: 'Several accounts may be meant, and none for sure.',
  doubtful: 'It stands here, and something says otherwise.',
};

function reviewNote({ leadId, review }) {
  const { reason, since, doubt, suggestions } = review;
  const best = doubt ?? suggestions[0];
  return h(
    'div',
    { class: 'review', key: 'review' },
    h(
      'p',
      null,
      h('strong', null, 'Waits for review: '),
      reasons[reason] ?? reason,
      ' ',
      h('span', { class: 'quiet' }, ago(since)),
    ),
    best && h('p', { key: 'best' }, 'Perhaps ', h('b', null, best.name || best.accountId), likely(best), why(best)),
    h('details', { key: 'decide' }, h('summary', null, 'Decide'), h('pre', null, commandsFor(leadId, best).join('\n'))),
  );
}

function likely({ score }) {
  return `, ${Math.round(score * 100)} % likely: `;
}

function why({ why: doubted, rejected }) {
  return h('span', { class: 'quiet' }, doubted ?? rejected);
}

/** With `--url` and `--token` behind them, which stand in no page. */
function commandsFor(leadId, best) {
  const decide = (what) => `muster review ${what} \\\n  --by YOU --why "…"`;
  return [decide(`assign ${leadId} ${best?.accountId ?? 'ACCOUNT'}`), decide(`dismiss ${leadId}`)];
}
