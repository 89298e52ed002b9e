// What was taken from a score because of who it is, and what else is not behaviour: rows for tables, and a sentence.
import { h } from './dom.js';
import { number } from './words.js';

/** What makes the score besides behaviour: fit where the playbook counts it, and what suppression took. */
export function otherRows({ scoreIncludesFit, fitPoints, suppressed }) {
  return [
    ...(scoreIncludesFit ? [{ rule: ' fit', label: 'Fit', note: 'who they are', points: fitPoints }] : []),
    ...(suppressed
      ? [
          {
            rule: ' suppressed',
            label: 'Suppressed',
            note: suppressed.rules.map(({ label }) => label).join(', '),
            points: suppressed.points,
          },
        ]
      : []),
  ];
}

export function suppressionNote({ suppressed, score }) {
  if (!suppressed) return null;
  const { before, factor, rules } = suppressed;
  return h(
    'p',
    { class: 'held', key: 'held' },
    h('strong', null, `${number(score)} of ${number(before)}: `),
    rules.map(({ label, why }) => `${label}, ${why}`).join('; '),
    '. ',
    h(
      'span',
      { class: 'quiet' },
      factor === 0 ? 'Nothing of the score remains.' : `${Math.round(factor * 100)} % of the score remains.`,
    ),
  );
}
