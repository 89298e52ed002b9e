// Scores taken apart: every table ends in the sum of what stands above it, and says so if that is not the score.
import { h } from './dom.js';
import { number, signed } from './words.js';

const sum = (parts) => parts.reduce((total, { points }) => total + points, 0);

function mismatch(parts, score) {
  if (sum(parts) === score) return null;
  return h(
    'p',
    { class: 'mismatch' },
    `These parts add up to ${number(sum(parts))}, but the score is ${number(score)}.`,
  );
}

/** The account's score, person by person: a bar, and the addition in figures. */
export function scoreSum(parts, score) {
  if (parts.length === 0) return null;
  const largest = parts.reduce((total, { points }) => total + Math.abs(points), 0);
  return h(
    'div',
    { class: 'sum' },
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
      parts.map(({ label, points }, index) =>
        h(
          'span',
          null,
          index > 0 && h('i', null, points < 0 ? '− ' : '+ '),
          h('b', null, number(index > 0 ? Math.abs(points) : points)),
          ` ${label}`,
        ),
      ),
      h('span', null, h('i', null, '= '), h('b', null, number(sum(parts)))),
    ),
    mismatch(parts, score),
  );
}

/** What the person did. `points + trimmed + decayed` is what it was worth when it happened. */
export function behaviourTable(parts, score) {
  return h(
    'div',
    { class: 'score' },
    h(
      'table',
      null,
      h('caption', null, 'Behaviour'),
      headings('What they did', 'Times', 'Points'),
      h(
        'tbody',
        null,
        parts.length === 0 ? emptyRow(3, 'Nothing that scores yet') : null,
        parts.map((part) =>
          h(
            'tr',
            { key: part.rule },
            h('th', { scope: 'row' }, part.label, h('small', null, [part.dimension, ...losses(part)].join(' · '))),
            h('td', null, String(part.count)),
            points(part.points),
          ),
        ),
      ),
      totalRow('Score', 2, parts),
    ),
    mismatch(parts, score),
  );
}

function losses({ trimmed, decayed }) {
  return [trimmed && `${signed(-trimmed)} over the cap`, decayed && `${signed(-decayed)} by age`].filter(Boolean);
}

/** Who the person and the company are. */
export function fitTable(parts, score) {
  return h(
    'div',
    { class: 'score' },
    h(
      'table',
      null,
      h('caption', null, 'Fit'),
      headings('Who they are', 'Points'),
      h(
        'tbody',
        null,
        parts.length === 0 ? emptyRow(2, 'Nothing known yet') : null,
        parts.map((part) =>
          h(
            'tr',
            { key: part.rule },
            h('th', { scope: 'row' }, part.label, h('small', null, part.value ?? 'not known')),
            points(part.points),
          ),
        ),
      ),
      totalRow('Fit', 1, parts),
    ),
    mismatch(parts, score),
  );
}

function headings(...names) {
  return h(
    'thead',
    null,
    h(
      'tr',
      null,
      names.map((name) => h('th', { scope: 'col' }, name)),
    ),
  );
}

function emptyRow(columns, text) {
  return h('tr', { key: 'empty' }, h('td', { class: 'quiet none', colspan: columns }, text));
}

function points(value) {
  return h('td', { class: value < 0 && 'minus' }, signed(value));
}

function totalRow(label, columns, parts) {
  return h(
    'tfoot',
    null,
    h('tr', null, h('th', { scope: 'row', colspan: columns }, label), h('td', null, number(sum(parts)))),
  );
}
