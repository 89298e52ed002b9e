// The account's score as an addition: who and what adds how much, and what was taken off before it was added.
import { h } from './dom.js';
import { mismatch, sumOf } from './sums.js';
import { number, plural } from './words.js';

/** More would bury the account under its people; the rest opens. */
const shown = 8;

export function accountSum(parts, score) {
  if (parts.length === 0) return null;
  const largest = parts.reduce((total, { points }) => total + Math.abs(points), 0);
  const told = parts.length > shown ? parts.slice(0, shown - 1) : parts;
  const rest = parts.slice(told.length);
  return h(
    'div',
    { class: 'sum', key: 'sum' },
    parts.length > 1 &&
      h(
        'div',
        { class: 'sum-bar', 'aria-hidden': 'true' },
        parts.map(({ points }) =>
          h('span', { class: points < 0 && 'minus', style: { width: `${(Math.abs(points) / largest) * 100}%` } }),
        ),
      ),
    h(
      'p',
      { class: 'addition' },
      told.map((part, index) => term(part, index === 0)),
      rest.length > 0 && term({ points: sumOf(rest), label: `${plural(rest.length, 'part')} more` }, false),
      h('span', { class: 'total' }, h('i', null, '= '), h('b', null, number(sumOf(parts)))),
    ),
    rest.length > 0 &&
      h(
        'details',
        { key: 'rest' },
        h('summary', null, `The other ${plural(rest.length, 'part')}`),
        h(
          'p',
          { class: 'addition' },
          rest.map((part, index) => term(part, index === 0)),
          h('span', { class: 'total' }, h('i', null, '= '), h('b', null, number(sumOf(rest)))),
        ),
      ),
    mismatch(parts, score),
  );
}

function term(part, isFirst) {
  const { points, label } = part;
  const madeOf = makingOf(part);
  return h(
    'span',
    null,
    !isFirst && h('i', null, points < 0 ? '− ' : '+ '),
    h('b', null, number(isFirst ? points : Math.abs(points))),
    ` ${label}`,
    madeOf && h('small', null, ` (${madeOf})`),
  );
}

/** How the points came about: "93, at most 30"; "25 × 0.5"; nothing where they are simply what was found. */
function makingOf({ kind, points, of, weight, trimmed }) {
  if (of === undefined || (weight === 1 && !trimmed)) return null;
  const measure = weight === 1 ? number(of) : `${number(of)} × ${weight}`;
  if (!trimmed) return measure;
  // Of several people together each was trimmed apart: what one may add at most is not known from their sum.
  if (kind === 'others') return `${measure}, ${number(trimmed)} over what each may add`;
  return `${measure}, at ${points < 0 ? 'least' : 'most'} ${number(points)}${kind === 'member' ? ' each' : ''}`;
}
