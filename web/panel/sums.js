// Tables that end in the sum of what stands above it, and say so if that is not the score.
import { h } from './dom.js';
import { number, signed } from './words.js';

export const sumOf = (parts) => parts.reduce((total, { points }) => total + points, 0);

export function mismatch(parts, score) {
  if (sumOf(parts) === score) return null;
  return h(
    'p',
    { class: 'mismatch', key: 'mismatch' },
    `These parts add up to ${number(sumOf(parts))}, but the score is ${number(score)}.`,
  );
}

/** `rows` carry points; `rowOf` draws one of them. The last column is points, and the last row is their sum. */
export function sumTable({ key, caption, headings, rows, rowOf, nothing, total, score, after }) {
  const columns = headings.length;
  return h(
    'div',
    { class: `score ${key}`, key },
    h(
      'table',
      null,
      h('caption', null, caption),
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          headings.map((name) => h('th', { scope: 'col' }, name)),
        ),
      ),
      h(
        'tbody',
        null,
        rows.length === 0
          ? h('tr', { key: 'nothing' }, h('td', { class: 'quiet none', colspan: columns }, nothing))
          : rows.map(rowOf),
      ),
      h(
        'tfoot',
        null,
        h('tr', null, h('th', { scope: 'row', colspan: columns - 1 }, total), h('td', null, number(sumOf(rows)))),
      ),
    ),
    mismatch(rows, score),
    after,
  );
}

export function pointsCell(points) {
  return h('td', { class: points < 0 && 'minus' }, signed(points));
}
