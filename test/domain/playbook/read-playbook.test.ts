// What is wrong with a playbook is said where it is wrong: each check on a small playbook with one thing changed.
import { describe, expect, it, test } from 'vitest';
import { readPlaybook } from '../../../lib/domain/playbook/read-playbook.ts';
import { complaintsText } from '../../../lib/domain/yaml-document.ts';
import { demoPlaybookSource } from '../playbooks.ts';
import { complaints, source } from './complaints-of.ts';

it('finds nothing wrong with a playbook that is in order, and fills in what was left out', () => {
  const reading = readPlaybook(source);
  if (!('value' in reading)) throw new Error(complaintsText('source', reading.complaints));
  expect(reading.value).toMatchObject({
    scoreIncludesFit: false,
    speaks: 'first',
    signals: { asked: { match: [{ form: 'demo' }], count: 'each', dimension: 'engagement', highValue: false } },
    fit: { large: { whenMissing: 0 } },
    account: { members: { weight: 1 }, anonymous: { weight: 0.5 }, surge: { significance: 0.001 } },
    suppression: { rivals: { factor: 0, share: { touches: 3 } } },
    sla: { remindAt: 0.5, targets: {} },
  });
});

it('finds nothing wrong with the demo’s', () => {
  expect(readPlaybook(demoPlaybookSource())).not.toHaveProperty('complaints');
});

it('takes the place of the schema as a setting, for editors that look there', () => {
  expect(complaints('name: Test', '$schema: docs/playbook.schema.json\nname: Test')).toEqual([]);
});

describe('what the schema refuses', () => {
  test.each([
    [
      'an unknown key',
      'title: Demo',
      'title: Demo\n    tilte: x',
      ['5:5 forms.demo.tilte: is not a setting here; did you mean title?'],
    ],
    [
      'an unknown key near none',
      'title: Demo',
      'title: Demo\n    colour: x',
      [
        '5:5 forms.demo.colour: is not a setting here; there are: title, fields, mail, honeypot, redirect, autoResponse',
      ],
    ],
    [
      'an unknown key of one of a list',
      'match: { form: demo }, points: 40',
      'match: { ulr: "*/x*" }, points: 40',
      ['10:35 signals.asked.match.ulr: is not a setting here; did you mean url?'],
    ],
    [
      'an unknown dimension',
      'need: 20 }',
      'nede: 20 }',
      ['28:11 strong.nede: is not a setting here; did you mean need?'],
    ],
    [
      'a phrase without words',
      'contains: [purchasing]',
      'contains: [purchasing, "++"]',
      ['15:77 fit.title.contains.1: has no letter and no digit: no text has it as a word; write words'],
    ],
    [
      'a title without words',
      'function: procurement',
      'title: "--"',
      ['18:33 personas.buyer.title: has no letter and no digit: no text has it as a word; write words'],
    ],
    [
      'an unknown day',
      'monday:',
      'mondy:',
      ['53:7 sla.calendar.hours.mondy: is not a setting here; did you mean monday?'],
    ],
    [
      'a name that is none',
      '  asked: {',
      '  Asked: {',
      ['10:3 signals.Asked: must be lower-case letters, digits and hyphens, e.g. demo-request'],
    ],
    [
      'a missing one',
      '    title: Demo\n',
      '',
      ['3:3 forms.demo.title: is missing; add it: text, in quotes if it looks like a number'],
    ],
    ['another type', 'points: 20,', 'points: many,', ['11:95 signals.soon.points: is text; write a number']],
    [
      'a fraction',
      'points: 20,',
      'points: 1.5,',
      ['11:95 signals.soon.points: is no whole number; write a whole number'],
    ],
    [
      'nothing',
      'title: Demo',
      'title:',
      ['4:11 forms.demo.title: is empty; write text, in quotes if it looks like a number'],
    ],
    [
      'a number for text',
      'label: Asked',
      'label: 2026',
      ['10:19 signals.asked.label: is a number; write text, in quotes if it looks like a number'],
    ],
    [
      'settings for a list',
      '[vp, director]',
      '{ vp: yes }',
      ['14:56 fit.leads.is: is a group of settings; write a list, such as [one, two]'],
    ],
    [
      'a value that is not on the list',
      'grades: [A1, B1]',
      'grades: [A5, B1]',
      ['25:19 qualification.mql.grades.0: A5 is not possible here; did you mean A1?'],
    ],
    [
      'a kind there is none of',
      'match: { form: demo }, points: 40',
      'match: { kind: webinr }, points: 40',
      ['10:41 signals.asked.match.kind: webinr is not possible here; did you mean webinar?'],
    ],
    [
      'a seniority there is none of',
      'function: procurement',
      'seniority: [boss]',
      [
        '18:38 personas.buyer.seniority.0: boss is not possible here; there are: owner, c-level, vp, director, head, manager, senior, staff, entry, student',
      ],
    ],
    [
      'a function there is none of',
      'function: procurement',
      'function: procurment',
      ['18:36 personas.buyer.function: procurment is not possible here; did you mean procurement?'],
    ],
    [
      'a range that is none',
      '203.0.113.0/24',
      '203.0.113.0/33',
      ['40:42 networks.acme.ranges.0: must be a range of addresses such as 203.0.113.0/24'],
    ],
    [
      'an address that is none',
      'name: Grace, email: grace@seller.example',
      'name: Grace, email: grace',
      ['44:27 people.1.email: is no e-mail address; write one such as ada@company.example'],
    ],
    [
      'too small a number',
      'people: 3',
      'people: 0',
      ['36:69 account.thresholds.pricing.people: is too small; take 1 or more'],
    ],
    [
      'too large a number',
      'points: 20,',
      'points: 2000,',
      ['11:95 signals.soon.points: is too large; take 1000 or less'],
    ],
    [
      'an empty text',
      'label: Asked',
      'label: ""',
      ['10:19 signals.asked.label: is empty; write something or leave the setting out'],
    ],
    [
      'a list of none',
      'personas: [buyer]',
      'personas: []',
      ['30:28 models.buyers.personas: has too few; give at least 1'],
    ],
    [
      'an interval that ends before it begins',
      '{ from: "09:00", to: "12:00" }',
      '{ from: "12:00", to: "09:00" }',
      ['53:16 sla.calendar.hours.monday.0: must end after it begins'],
    ],
    [
      'a duration',
      '4 hours',
      'four hours',
      ['54:24 sla.otherwise.within: must be a duration such as "4 hours", "30 minutes" or "60 seconds"'],
    ],
    [
      'a match of nothing',
      'match: { form: demo }, points: 40',
      'match: {}, points: 40',
      ['10:26 signals.asked.match: must name at least one thing to match'],
    ],
    [
      'a fit rule that says nothing',
      ', contains: [purchasing]',
      '',
      ['15:3 fit.title: must say contains, is, atLeast or below'],
    ],
    [
      'a key of a fit rule misspelt',
      'contains: [purchasing]',
      'contians: [purchasing]',
      ['15:54 fit.title.contians: is not a setting here; did you mean contains?'],
    ],
    [
      'no fit field',
      'field: jobTitle',
      'field: jobtitle',
      ['15:44 fit.title.field: jobtitle is not possible here; did you mean jobTitle?'],
    ],
  ])('%s', (_, from, to, expected) => expect(complaints(from, to)).toEqual(expected));
});

describe('what is no YAML', () => {
  test.each([
    [
      'a bracket left open',
      'domains: [rival.example]',
      'domains: [rival.example',
      [
        '33:94 : Flow sequence in block collection must be sufficiently indented and end with a ]; close what is opened there, or put the text in quotes',
        '33:95 : Flow map in block collection must be sufficiently indented and end with a }; close what is opened there, or put the text in quotes',
      ],
    ],
    ['a key twice', 'name: Test', 'name: Test\nname: Again', ['2:1 : Map keys must be unique; keep one of the two']],
    ['a tab', 'forms:\n  demo:', 'forms:\n	demo:', ['3:1 : Tabs are not allowed as indentation; indent with spaces']],
  ])('%s', (_, from, to, expected) => expect(complaints(from, to)).toEqual(expected));
});

it.each(['', '[]', 'just text'])('%j is no playbook', (text) => {
  expect(readPlaybook(text)).toHaveProperty('complaints');
});

it('tells all that is wrong, in the order of the document', () => {
  const reading = readPlaybook(
    source.replace('form: demo },', 'form: x },').replace('defaultPool: inbound', 'defaultPool: y'),
  );
  expect('complaints' in reading && complaintsText('p.yaml', reading.complaints)).toBe(
    'p.yaml:10:41 signals.asked.match.form: no form is called x; there are: demo\n' +
      'p.yaml:48:16 routing.defaultPool: no pool is called y; there are: inbound',
  );
});

it('says what to do at the end of each complaint', () => {
  const places = complaints('label: Asked', 'label: 3');
  expect(places).toEqual(['10:19 signals.asked.label: is a number; write text, in quotes if it looks like a number']);
});
