// What the person did and what it is worth, down to the touches behind each part; then what else makes the score.
import { h } from './dom.js';
import { pointsCell, sumTable } from './sums.js';
import { otherRows } from './suppression.js';
import { flagText, touchText } from './touches.js';
import { moment, number, plural, signed } from './words.js';

export function behaviourTable(lead) {
  const { parts, touches, score } = lead;
  const aside = touches.filter(({ flag }) => flag);
  const setAside = {
    rule: ' aside',
    label: 'Set aside',
    dimension: 'machines and spam',
    count: aside.length,
    points: 0,
  };
  return sumTable({
    key: 'behaviour',
    caption: 'Behaviour',
    headings: ['What they did', 'Times', 'Points'],
    rows: [...parts, ...(aside.length > 0 ? [setAside] : []), ...otherRows(lead)],
    rowOf(part) {
      const behind = part === setAside ? aside : touches.filter(({ signals }) => signals.includes(part.rule));
      return h(
        'tr',
        { key: part.rule },
        h('th', { scope: 'row' }, named(part, behind)),
        h('td', null, part.count === undefined ? '' : String(part.count)),
        pointsCell(part.points),
      );
    },
    nothing: 'Nothing that scores yet',
    total: 'Score',
    score,
  });
}

/** `points + trimmed + decayed` is what the touches were worth when they happened. */
function notesOn({ note, dimension, points, trimmed, decayed }) {
  const losses = [trimmed && `${signed(-trimmed)} by caps or repeats`, decayed && `${signed(-decayed)} by age`].filter(
    Boolean,
  );
  if (losses.length === 0) return note ?? dimension;
  return `${dimension} · ${[`${number(points + trimmed + decayed)} in all`, ...losses].join(', ')}`;
}

function named(part, behind) {
  const label = [part.label, h('small', null, notesOn(part))];
  if (behind.length === 0) return label;
  const more = part.count - behind.length;
  return h(
    'details',
    { class: 'behind' },
    h('summary', null, label),
    h(
      'ul',
      null,
      behind.map((touch) =>
        h(
          'li',
          { key: touch.id },
          h('span', { class: 'quiet' }, moment(touch.occurredAt)),
          h('span', null, touchText(touch), flagText(touch) && h('span', { class: 'quiet' }, ` · ${flagText(touch)}`)),
        ),
      ),
      more > 0 && h('li', { class: 'quiet', key: 'more' }, `and ${plural(more, 'touch', 'touches')} not shown`),
    ),
  );
}
