// What is wrong with a playbook is said where it is wrong: each check on the demo's playbook with one thing changed.
import { describe, expect, it, test } from 'vitest';
import { readPlaybook } from '../../../lib/domain/playbook/read-playbook.ts';
import { complaintsText } from '../../../lib/domain/yaml-document.ts';
import { demoPlaybookSource } from '../playbooks.ts';

const source = `name: Test
forms:
  demo:
    title: Demo
    fields:
      email: { required: true, is: email }
      timeframe: { options: [soon, later] }
    honeypot: website
signals:
  asked: { label: Asked, match: { form: demo }, points: 40, cap: 40 }
  soon: { label: Soon, match: { form: demo, answer: { field: timeframe, is: soon } }, points: 20, cap: 20 }
grades:
  fit: { A: 45, B: 30, C: 10 }
  engagement: { 1: 60, 2: 30, 3: 10 }
qualification:
  grades: [A1]
people:
  - { name: Ada, email: ada@seller.example, manager: grace@seller.example }
  - { name: Grace, email: grace@seller.example }
routing:
  pools:
    inbound: { members: [{ email: ada@seller.example }] }
  defaultPool: inbound
sla:
  calendar:
    timezone: Europe/Berlin
    hours:
      monday: [{ from: "09:00", to: "12:00" }, { from: "13:00", to: "17:00" }]
  otherwise: { within: 4 hours }
`;

/** Complaints as `line:column place: what`, the source having one thing changed. */
const complaints = (from: string, to: string): string[] => {
  expect(source.split(from), `${from} stands once`).toHaveLength(2);
  const reading = readPlaybook(source.replace(from, to));
  if (!('complaints' in reading)) return [];
  return reading.complaints.map(({ line, column, at, message }) => `${line}:${column} ${at}: ${message}`);
};

it('finds nothing wrong with a playbook that is in order, and fills in what was left out', () => {
  const reading = readPlaybook(source);
  if (!('value' in reading)) throw new Error(complaintsText('source', reading.complaints));
  expect(reading.value).toMatchObject({
    fit: {},
    qualification: { highValueMinimumFit: 'D' },
    sla: { remindAt: 0.5, targets: {} },
    signals: { asked: { dimension: 'engagement', highValue: false } },
  });
});

it('finds nothing wrong with the demo’s', () => {
  expect(readPlaybook(demoPlaybookSource())).not.toHaveProperty('complaints');
});

describe('names that point nowhere', () => {
  test.each([
    [
      'a form',
      'match: { form: demo }',
      'match: { form: dmeo }',
      '10:41 signals.asked.match.form: no form is called dmeo; there are: demo',
    ],
    [
      'an answer’s field',
      'field: timeframe',
      'field: time',
      '11:62 signals.soon.match.answer.field: form demo has no field time; there are: email, timeframe',
    ],
    [
      'an answer’s option',
      'is: soon }',
      'is: now }',
      '11:77 signals.soon.match.answer.is: now is no option of timeframe; there are: soon, later',
    ],
    [
      'a kind that has no form',
      'match: { form: demo }',
      'match: { form: demo, kind: page }',
      '10:26 signals.asked.match: a touch of kind page has no form: this never matches',
    ],
    [
      'a manager',
      'manager: grace@seller.example',
      'manager: gina@seller.example',
      '18:54 people.0.manager: nobody among `people` has gina@seller.example; there are: ada@seller.example, grace@seller.example',
    ],
    [
      'a member of a pool',
      'members: [{ email: ada@seller.example }]',
      'members: [{ email: ben@seller.example }]',
      '22:35 routing.pools.inbound.members.0.email: nobody among `people` has ben@seller.example; there are: ada@seller.example, grace@seller.example',
    ],
    [
      'a pool',
      'defaultPool: inbound',
      'defaultPool: other',
      '23:16 routing.defaultPool: no pool is called other; there are: inbound',
    ],
    [
      'a time zone',
      'Europe/Berlin',
      'Europe/Berlni',
      '26:15 sla.calendar.timezone: Europe/Berlni is no time zone; write one such as Europe/Berlin or America/New_York',
    ],
  ])('%s', (_, from, to, expected) => expect(complaints(from, to)).toEqual([expected]));
});

describe('what cannot work', () => {
  test.each([
    ['no e-mail field', ', is: email', '', '5:5 forms.demo.fields: needs exactly one field with `is: email`; it has 0'],
    [
      'two e-mail fields',
      'options: [soon, later]',
      'is: email',
      '5:5 forms.demo.fields: needs exactly one field with `is: email`; it has 2',
    ],
    [
      'a honeypot people fill',
      'honeypot: website',
      'honeypot: timeframe',
      '8:15 forms.demo.honeypot: timeframe is also a field people fill',
    ],
    ['fit turned round', 'A: 45, B: 30', 'A: 30, B: 45', '13:3 grades.fit: A must be above B, and B above C'],
    [
      'engagement turned round',
      '1: 60, 2: 30',
      '1: 30, 2: 30',
      '14:3 grades.engagement: 1 must be above 2, and 2 above 3',
    ],
    [
      'a grade nobody reaches',
      'points: 40, cap: 40',
      'points: 40, cap: 39',
      '16:3 qualification.grades: no lead can reach 60 points: with their caps all signals together give 59',
    ],
    [
      'somebody twice',
      'name: Grace, email: grace@',
      'name: Grace, email: ada@',
      '19:27 people.1.email: ada@seller.example is here twice',
    ],
    [
      'no working time',
      '[{ from: "09:00", to: "12:00" }, { from: "13:00", to: "17:00" }]',
      '[]',
      '27:5 sla.calendar.hours: no working time on any day: no clock would ever run',
    ],
    ['hours that overlap', 'from: "13:00"', 'from: "11:59"', '28:7 sla.calendar.hours.monday: its intervals overlap'],
  ])('%s', (_, from, to, expected) => expect(complaints(from, to)).toContain(expected));

  it('is fine where signals have no cap', () => {
    expect(complaints('points: 40, cap: 40', 'points: 1')).toEqual([]);
  });
});

describe('what the schema refuses', () => {
  test.each([
    ['an unknown key', 'title: Demo', 'title: Demo\n    tilte: x', '5:5 forms.demo.tilte: is not a setting here'],
    ['a missing one', '    title: Demo\n', '', '3:3 forms.demo.title: is missing (string)'],
    ['another type', 'points: 20', 'points: many', '11:95 signals.soon.points: must be number, but is string'],
    [
      'a value not on the list',
      'grades: [A1]',
      'grades: [A5]',
      expect.stringMatching(/^16:12 qualification\.grades\.0: /),
    ],
    [
      'an interval that ends before it begins',
      '{ from: "09:00", to: "12:00" }',
      '{ from: "12:00", to: "09:00" }',
      '28:16 sla.calendar.hours.monday.0: must end after it begins',
    ],
    ['a duration', '4 hours', 'four hours', expect.stringMatching(/^29:24 sla\.otherwise\.within: must be a duration/)],
    [
      'a match of nothing',
      'match: { form: demo }',
      'match: {}',
      '10:26 signals.asked.match: must name at least one thing to match',
    ],
  ])('%s', (_, from, to, expected) => expect(complaints(from, to)).toEqual([expected]));
});

describe('what is no YAML', () => {
  test.each([
    ['a bracket left open', 'grades: [A1]', 'grades: [A1'],
    ['a key twice', 'name: Test', 'name: Test\nname: Again'],
    ['a tab', 'forms:\n  demo:', 'forms:\n\tdemo:'],
  ])('%s is told with its place', (_, from, to) => {
    const [first] = complaints(from, to);
    expect(first).toMatch(/^\d+:\d+ : \S/);
  });

  it.each(['', '[]', 'just text'])('%j is no playbook', (text) => {
    expect(readPlaybook(text)).toHaveProperty('complaints');
  });
});

it('tells all that is wrong, in the order of the document', () => {
  const reading = readPlaybook(
    source.replace('form: demo }', 'form: x }').replace('defaultPool: inbound', 'defaultPool: y'),
  );
  expect('complaints' in reading && complaintsText('p.yaml', reading.complaints)).toMatch(
    /^p\.yaml:10:\d+ signals.*\np\.yaml:23:\d+ routing/,
  );
});
