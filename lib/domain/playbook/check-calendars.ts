// Calendars and times away: that everything named is there, that clocks run at some time, and that targets can be reached.
import { IANAZone } from 'luxon';
import { dayNumberOf } from '../days.ts';
import { suggestion } from '../nearest.ts';
import type { Problem } from '../schema-complaints.ts';
import { millisecondsOf } from '../sla/business-time.ts';
import { holidayCountries, holidayRegions } from '../sla/holidays.ts';
import type { CalendarRules, Interval } from './calendars.ts';
import { unknownNames } from './check-names.ts';
import type { Playbook } from './playbook.ts';

type Path = Problem['path'];

const inMinutes = ({ from, to }: Interval): number => {
  const minute = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  return minute(to) - minute(from);
};

const checkIntervals = (of: Readonly<Record<string, readonly Interval[]>>, at: Path): Problem[] =>
  Object.entries(of).flatMap(([day, intervals]) => {
    const inOrder = [...intervals].sort((a, b) => (a.from < b.from ? -1 : 1));
    const overlaps = inOrder.some(({ from }, index) => index > 0 && from < inOrder[index - 1]!.to);
    const message = 'its intervals overlap; begin each when the one before has ended';
    return overlaps ? [{ path: [...at, day], message }] : [];
  });

const checkHolidays = ({ holidays }: CalendarRules, at: Path): Problem[] => {
  if (holidays === undefined) return [];
  const { country, region } = holidays;
  const countries = holidayCountries();
  if (!countries.includes(country)) {
    // Two letters are near to any other two: what was meant cannot be told, but for the case.
    const meant = countries.find((known) => known === country.toUpperCase());
    const then = meant === undefined ? 'write its two letters, such as DE, GB or US' : `did you mean ${meant}?`;
    return [{ path: [...at, 'holidays', 'country'], message: `no public holidays are known of ${country}; ${then}` }];
  }
  const regions = holidayRegions(country);
  if (region === undefined || regions.includes(region)) return [];
  const meant = regions.find((known) => known === region.toUpperCase());
  const then =
    meant === undefined ? suggestion('', regions, 'take it out: the country has none') : `did you mean ${meant}?`;
  return [{ path: [...at, 'holidays', 'region'], message: `${country} has no region ${region}; ${then}` }];
};

const checkCalendar = (calendar: CalendarRules, at: Path): Problem[] => {
  const problems: Problem[] = [];
  const { timezone, hours, days = {} } = calendar;
  if (!IANAZone.isValidZone(timezone)) {
    const message = `${timezone} is no time zone; write one such as Europe/Berlin or America/New_York`;
    problems.push({ path: [...at, 'timezone'], message });
  }
  if (!Object.values(hours).some((intervals) => intervals.length > 0)) {
    const message =
      'no working time on any day: no clock would ever run; add one, monday: [{ from: "09:00", to: "17:00" }]';
    problems.push({ path: [...at, 'hours'], message });
  }
  return [
    ...problems,
    ...checkIntervals(hours, [...at, 'hours']),
    ...checkIntervals(days, [...at, 'days']),
    ...checkHolidays(calendar, at),
  ];
};

/** Whoever is away for longer has left; and clocks would wait beyond what is searched. */
const mostDaysAway = 2 * 366;

const checkAway = ({ people }: Playbook): Problem[] =>
  people.flatMap(({ away }, index): Problem[] => {
    const at: Path = ['people', index, 'away'];
    const turned = away.flatMap(({ from, to }, number): Problem[] =>
      // A day alone is all of it, so that only moments of one day can be turned round.
      to.slice(0, 10) < from.slice(0, 10) ||
      (to.length > 10 && from.slice(0, 10) === to.slice(0, 10) && to.slice(11) <= from.slice(11))
        ? [{ path: [...at, number, 'to'], message: `${to} is not after ${from}; turn them round` }]
        : [],
    );
    const days = away.reduce(
      (sum, { from, to }) => sum + dayNumberOf(to.slice(0, 10)) - dayNumberOf(from.slice(0, 10)) + 1,
      0,
    );
    if (turned.length > 0 || days <= mostDaysAway) return turned;
    const message = `${days} days in all; take out those that are past, or whoever is away for two years`;
    return [{ path: at, message }];
  });

/** A target of more working time than a year has would be due in years, if ever. */
const checkTargets = ({ sla }: Playbook, name: string, { hours }: CalendarRules): Problem[] => {
  const minutesAWeek = Object.values(hours)
    .flat()
    .reduce((sum, interval) => sum + inMinutes(interval), 0);
  const targets = [
    ...Object.entries(sla.targets).map(([grade, target]) => [['sla', 'targets', grade, 'within'], target] as const),
    [['sla', 'otherwise', 'within'], sla.otherwise] as const,
  ];
  return targets.flatMap(([path, { within }]) =>
    minutesAWeek > 0 && millisecondsOf(within) > (minutesAWeek * 60_000 * 365) / 7
      ? [{ path, message: `${within} are more than a year’s working time of ${name}; write less` }]
      : [],
  );
};

const checkCalendarNames = (playbook: Playbook): Problem[] => {
  const { calendars, people, sla, teams } = playbook;
  return unknownNames('calendar', 'calendars', calendars, [
    ...people.flatMap(({ calendar }, index) =>
      calendar === undefined ? [] : [[calendar, ['people', index, 'calendar']] as const],
    ),
    ...Object.entries(teams).flatMap(([team, { calendar }]) =>
      calendar === undefined ? [] : [[calendar, ['teams', team, 'calendar']] as const],
    ),
    ...(typeof sla.calendar === 'string' ? [[sla.calendar, ['sla', 'calendar']] as const] : []),
  ]);
};

export const checkCalendars = (playbook: Playbook): Problem[] => {
  const named = Object.entries(playbook.calendars);
  const { calendar } = playbook.sla;
  const inline = typeof calendar === 'string' ? [] : [calendar];
  return [
    ...named.flatMap(([name, rules]) => checkCalendar(rules, ['calendars', name])),
    ...inline.flatMap((rules) => checkCalendar(rules, ['sla', 'calendar'])),
    ...checkCalendarNames(playbook),
    ...checkAway(playbook),
    ...named.flatMap(([name, rules]) => checkTargets(playbook, `the calendar ${name}`, rules)),
    ...inline.flatMap((rules) => checkTargets(playbook, '`sla.calendar`', rules)),
  ];
};
