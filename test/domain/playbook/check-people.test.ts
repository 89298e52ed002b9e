// Forms, people and working time that cannot work are refused, at their place.
import { describe, expect, test } from 'vitest';
import { complaints } from './complaints-of.ts';

describe('forms, people and hours', () => {
  test.each([
    [
      'no e-mail field',
      ', is: email',
      '',
      ['5:5 forms.demo.fields: needs exactly one field with `is: email`; it has 0: add it to the field of the e-mail'],
    ],
    [
      'two e-mail fields',
      'options: [soon, later]',
      'is: email',
      ['5:5 forms.demo.fields: needs exactly one field with `is: email`; it has 2: keep it on one of them'],
    ],
    [
      'a honeypot people fill',
      'honeypot: website',
      'honeypot: timeframe',
      ['8:15 forms.demo.honeypot: timeframe is also a field people fill; name one that is not among the fields'],
    ],
    [
      'somebody twice',
      'name: Grace, email: grace@',
      'name: Grace, email: ada@',
      [
        '43:54 people.0.manager: nobody among `people` has grace@seller.example; did you mean ada@seller.example?',
        '44:27 people.1.email: ada@seller.example is here twice; keep one of the two',
      ],
    ],
    [
      'two people with one user of a CRM',
      '{ name: Grace, email: grace@seller.example }',
      '{ name: Grace, email: grace@seller.example, crm: { hub: "7" } }\n  - { name: Bo, email: bo@seller.example, crm: { pipe: "7", hub: "7" } }',
      ['45:66 people.2.crm.hub: user 7 of hub is somebody above already; nobody could tell whose leads are whose'],
    ],
    [
      'no working time',
      '[{ from: "09:00", to: "12:00" }, { from: "13:00", to: "17:00" }]',
      '[]',
      [
        '52:5 sla.calendar.hours: no working time on any day: no clock would ever run; add one, monday: [{ from: "09:00", to: "17:00" }]',
      ],
    ],
    [
      'hours that overlap',
      'from: "13:00"',
      'from: "11:59"',
      ['53:7 sla.calendar.hours.monday: its intervals overlap; begin each when the one before has ended'],
    ],
  ])('%s', (_, from, to, expected) => expect(complaints(from, to)).toEqual(expected));
});
