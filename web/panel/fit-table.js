// Who the person and the company are, and what that is worth; what is not known is said to be missing.
import { h } from './dom.js';
import { pointsCell, sumTable } from './sums.js';
import { letters } from './words.js';

export function fitTable({ fitParts, fitPoints, personFit, companyFit, grade, missing }) {
  return sumTable({
    key: 'fit',
    caption: [`Fit ${grade[0]}`, h('span', { class: 'quiet' }, ` ${letters({ personFit, companyFit })}`)],
    headings: ['Who they are', 'Points'],
    rows: fitParts,
    rowOf: fitRow,
    nothing: 'Nothing known yet',
    total: 'Fit',
    score: fitPoints,
    after: missingText(missing),
  });
}

export function fitRow({ rule, label, value, points }) {
  return h(
    'tr',
    { key: rule },
    h('th', { scope: 'row' }, label, h('small', null, value ?? 'not known')),
    pointsCell(points),
  );
}

const fields = {
  jobTitle: 'job title',
  emailKind: 'kind of e-mail address',
};

export function missingText(missing) {
  if (missing.length === 0) return null;
  return h(
    'p',
    { class: 'quiet not-known', key: 'missing' },
    `Not known: ${missing.map((field) => fields[field] ?? field).join(', ')}`,
  );
}
