// Calendars that cannot be meant are refused, at their place; those that can are not.
import { describe, expect, it, test } from 'vitest';
import { checkCalendars } from '../../../lib/domain/playbook/check-calendars.ts';
import { testPlaybook } from '../playbooks.ts';
import { complaints } from './complaints-of.ts';

/** Complaints without line and column. */
const placed = (from: string, to: string): string[] =>
  complaints(from, to).map((line) => line.slice(line.indexOf(' ') + 1));

const office = 'monday: [{ from: "09:00", to: "17:00" }]';
/** The people of the playbook, and calendars before them. */
const withCalendar = (calendar: string): [string, string] => ['people:\n', `calendars:\n  uk: ${calendar}\npeople:\n`];
const withAway = (away: string): [string, string] => [
  '{ name: Grace, email: grace@seller.example }',
  `{ name: Grace, email: grace@seller.example, away: [${away}] }`,
];
const withInline = (more: string): [string, string] => [
  '    timezone: Europe/Berlin\n',
  `    timezone: Europe/Berlin\n    ${more}\n`,
];

describe('a calendar', () => {
  test.each([
    [
      'of no zone',
      withCalendar(`{ timezone: Europe/Londn, hours: { ${office} } }`),
      'calendars.uk.timezone: Europe/Londn is no time zone; write one such as Europe/Berlin or America/New_York',
    ],
    [
      'that never works',
      withCalendar('{ timezone: Europe/London, hours: { monday: [] }, days: { "2026-12-24": [] } }'),
      'calendars.uk.hours: no working time on any day: no clock would ever run; add one, monday: [{ from: "09:00", to: "17:00" }]',
    ],
    [
      'with hours that overlap',
      withCalendar(
        '{ timezone: Europe/London, hours: { monday: [{ from: "13:00", to: "17:00" }, { from: "09:00", to: "13:01" }] } }',
      ),
      'calendars.uk.hours.monday: its intervals overlap; begin each when the one before has ended',
    ],
    [
      'with hours of a day of its own that overlap',
      withInline('days: { "2026-12-24": [{ from: "09:00", to: "12:00" }, { from: "11:00", to: "13:00" }] }'),
      'sla.calendar.days.2026-12-24: its intervals overlap; begin each when the one before has ended',
    ],
    [
      'with a day that is none',
      withInline('days: { "2026-02-30": [] }'),
      'sla.calendar.days.2026-02-30: is no day of any calendar; write one such as 2026-12-24',
    ],
    [
      'with a day written otherwise',
      withInline('days: { "24.12.2026": [] }'),
      'sla.calendar.days.24.12.2026: must be a day such as 2026-12-24',
    ],
    [
      'with the holidays of no country',
      withInline('holidays: { country: ZZ }'),
      'sla.calendar.holidays.country: no public holidays are known of ZZ; write its two letters, such as DE, GB or US',
    ],
    [
      'with those of a country in small letters',
      withInline('holidays: { country: de }'),
      'sla.calendar.holidays.country: no public holidays are known of de; did you mean DE?',
    ],
    [
      'with those of no region',
      withInline('holidays: { country: GB, region: LON }'),
      'sla.calendar.holidays.region: GB has no region LON; there are: ALD, ENG, NIR, SCT, WLS',
    ],
    [
      'with those of a region in small letters',
      withInline('holidays: { country: DE, region: by }'),
      'sla.calendar.holidays.region: DE has no region by; did you mean BY?',
    ],
    [
      'with those of a region where there are none',
      withInline('holidays: { country: IS, region: X }'),
      'sla.calendar.holidays.region: IS has no region X; take it out: the country has none',
    ],
    [
      'of too little time for a target',
      withCalendar('{ timezone: Europe/London, hours: { monday: [{ from: "09:00", to: "09:04" }] } }'),
      'sla.otherwise.within: 4 hours are more than a year’s working time of the calendar uk; write less',
    ],
  ])('%s', (_, [from, to], expected) => {
    expect(placed(from, to)).toEqual([expected]);
  });

  test.each([
    ['with everything', withInline('holidays: { country: DE, region: BY-A }\n    days: { "2026-12-24": [] }')],
    ['of five minutes a week', withCalendar(`{ timezone: UTC, hours: { monday: [{ from: "09:00", to: "09:05" }] } }`)],
    [
      'whose hours touch',
      withInline('days: { "2026-12-24": [{ from: "09:00", to: "12:00" }, { from: "12:00", to: "24:00" }] }'),
    ],
  ])('%s is in order', (_, [from, to]) => expect(complaints(from, to)).toEqual([]));
});

describe('a name of a calendar', () => {
  const inline = `sla:
  calendar:
    timezone: Europe/Berlin
    hours:
      monday: [{ from: "09:00", to: "12:00" }, { from: "13:00", to: "17:00" }]
`;
  const named = `calendars:
  uk: { timezone: Europe/London, hours: { ${office} } }
sla:
  calendar: uk
`;

  it('may stand for the tenant’s', () => expect(complaints(inline, named)).toEqual([]));

  test.each([
    ['of the tenant', [inline, named.replace('calendar: uk', 'calendar: ku')], 'sla.calendar'],
    ['of a person', ['name: Grace,', 'name: Grace, calendar: ku,'], 'people.1.calendar'],
  ] as const)('%s that there is none of is refused', (_, [from, to], at) => {
    const expected = from === inline ? 'did you mean uk?' : 'there is none: add it under `calendars`';
    expect(placed(from, to)).toEqual([`${at}: no calendar is called ku; ${expected}`]);
  });

  it('of a team that there is none of is refused', () => {
    const playbook = { ...testPlaybook(), teams: { emea: { members: [], calendar: 'ku' }, apac: { members: [] } } };
    expect(checkCalendars(playbook)).toMatchObject([
      { path: ['teams', 'emea', 'calendar'], message: expect.stringContaining('no calendar is called ku') },
    ]);
  });
});

describe('away', () => {
  test.each([
    [
      'days turned round',
      '{ from: "2026-08-14", to: "2026-08-03" }',
      'people.1.away.0.to: 2026-08-03 is not after 2026-08-14; turn them round',
    ],
    [
      'no time at all',
      '{ from: "2026-08-14 12:00", to: "2026-08-14T12:00" }',
      'people.1.away.0.to: 2026-08-14T12:00 is not after 2026-08-14 12:00; turn them round',
    ],
    [
      'two years',
      '{ from: "2026-08-14", to: "2027-08-14" }, { from: "2028-08-14", to: "2029-08-15" }',
      'people.1.away: 733 days in all; take out those that are past, or whoever is away for two years',
    ],
  ])('%s', (_, away, expected) => expect(placed(...withAway(away))).toEqual([expected]));

  test.each([
    ['one day', '{ from: "2026-08-14", to: "2026-08-14" }'],
    ['from noon on', '{ from: "2026-08-14 12:00", to: "2026-08-14" }'],
    ['until noon', '{ from: "2026-08-14", to: "2026-08-14 12:00" }'],
  ])('%s is in order', (_, away) => expect(complaints(...withAway(away))).toEqual([]));
});
