// The score by what it says of them: engagement, interest, need and the answers on budget, authority and timeframe.
import { h } from './dom.js';
import { pointsCell, sumTable } from './sums.js';
import { otherRows } from './suppression.js';

const dimensions = ['need', 'budget', 'authority', 'timeframe', 'interest', 'engagement'];

export function dimensionTable(lead) {
  const { dimensions: sums, score } = lead;
  const found = dimensions.filter((name) => sums[name] !== 0);
  const rows = [...found.map((name) => ({ rule: name, label: name, points: sums[name] })), ...otherRows(lead)];
  const most = Math.max(1, ...rows.map(({ points }) => Math.abs(points)));
  const without = dimensions.filter((name) => sums[name] === 0);
  return sumTable({
    key: 'dimensions',
    caption: 'By dimension',
    headings: ['What it says of them', 'Points'],
    rows,
    rowOf: ({ rule, label, note, points }) =>
      h(
        'tr',
        { key: rule },
        h(
          'th',
          { scope: 'row' },
          h('span', { class: 'dimension' }, label),
          note && h('small', null, note),
          h(
            'span',
            { class: `bar-of ${points < 0 ? 'minus' : ''}`, 'aria-hidden': 'true' },
            h('span', { style: { width: `${(Math.abs(points) / most) * 100}%` } }),
          ),
        ),
        pointsCell(points),
      ),
    nothing: 'Nothing yet',
    total: 'Score',
    score,
    after:
      without.length > 0 && h('p', { class: 'quiet not-known', key: 'without' }, `Nothing on: ${without.join(', ')}`),
  });
}
