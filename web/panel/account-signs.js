// What is going on at the account as a whole: a surge, thresholds reached, and who of the buying group is there.
import { h } from './dom.js';
import { serverNow } from './server-clock.js';
import { dayText, moment } from './words.js';

export function surgeBanner(surge) {
  if (!surge) return null;
  const { since, endsAt, standing, why } = surge;
  return h(
    'div',
    { class: `surge ${standing ? 'standing-surge' : 'over'}`, key: 'surge' },
    h(
      'p',
      null,
      h('strong', null, standing ? 'Surging' : 'Surged'),
      standing
        ? ` since ${dayText(since)}; over on ${dayText(endsAt)} if nothing more happens`
        : ` from ${dayText(since)}; over since ${dayText(endsAt)}`,
    ),
    h('p', null, why),
  );
}

export function thresholds(reached) {
  if (reached.length === 0) return null;
  return h(
    'ul',
    { class: 'reached', key: 'reached', 'aria-label': 'Thresholds reached' },
    reached.map(({ id, label, since, until, why }) =>
      h(
        'li',
        { key: id },
        h('strong', null, label),
        h('span', null, why),
        h(
          'span',
          { class: 'quiet' },
          'since ',
          moment(since),
          Date.parse(until) > serverNow() ? [', until ', moment(until), ' if nothing more happens'] : null,
        ),
      ),
    ),
  );
}

const namesShown = 3;

export function buyingGroup(roles) {
  if (roles.length === 0) return null;
  const missing = roles.filter(({ covered }) => !covered).length;
  return h(
    'section',
    { class: 'group', key: 'group', 'aria-label': 'Buying group' },
    h(
      'p',
      { class: 'label' },
      'Buying group: ',
      missing === 0 ? 'all there' : `${roles.length - missing} of ${roles.length} there`,
    ),
    h(
      'ul',
      null,
      roles.map(({ persona, label, covered, people }) =>
        h(
          'li',
          { key: persona, class: covered ? 'covered' : 'missing' },
          h('span', { class: 'sign', 'aria-hidden': 'true' }, covered ? '✓' : '?'),
          h('span', null, h('b', null, label), h('span', { class: 'who' }, whoPlays(covered, people))),
        ),
      ),
    ),
  );
}

function whoPlays(covered, people) {
  if (people.length === 0) return 'missing';
  const told = people.filter(({ engaged }) => engaged || !covered);
  const names = told.slice(0, namesShown).map(({ name }) => name);
  const more = told.length > namesShown ? ` and ${told.length - namesShown} more` : '';
  // Somebody in that part is known, but nothing they did counts.
  return `${covered ? '' : 'not engaged: '}${names.join(', ')}${more}`;
}
