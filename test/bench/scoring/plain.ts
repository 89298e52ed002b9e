// The bench's model written by hand in plain JavaScript, for that one model: what an engine is measured against.
import { dayNumberOf } from '../../../lib/domain/days.ts';
import type { DayCount } from '../../../lib/domain/facts/counts.ts';
import type { Subject } from '../../../lib/domain/scoring/subject.ts';
import { countries, deciders, industries, today } from './model.ts';

const now = dayNumberOf(today);

const round = (points: number): number => (points < 0 ? -Math.round(-points) : Math.round(points));

const each = (days: DayCount[] | undefined, points: number, cap: number): number => {
  if (days === undefined) return 0;
  let sum = 0;
  for (const day of days) if (day[0] <= now) sum += day[1] * points;
  return Math.max(-cap, Math.min(cap, sum));
};

const decaying = (
  days: DayCount[] | undefined,
  points: number,
  perDay: number,
  cap: number,
  halfLife: number,
): number => {
  if (days === undefined) return 0;
  let sum = 0;
  for (const day of days) {
    if (day[0] <= now) sum += Math.min(perDay, day[1] * points) * 0.5 ** ((now - day[0]) / halfLife);
  }
  return round(Math.min(cap, sum));
};

const titleWords = deciders.map((word) => new RegExp(`\\b${word}\\b`));

/** Behaviour and fit points. */
export const plain = ({ state: { facts, profile }, account }: Subject): [behaviour: number, fit: number] => {
  const { days } = facts;
  const behaviour =
    each(days.demo, 60, 60) +
    decaying(days.pricing, 10, 20, 40, 14) +
    decaying(days.page, 1, 5, 20, 14) +
    decaying(days.webinar, 25, Number.POSITIVE_INFINITY, 50, 30) +
    each(days.newsletter, 5, 5) +
    each(days.careers, -10, 30);
  const title = profile.jobTitle?.value.toLowerCase();
  const industry = account?.industry?.value;
  const fit =
    (title !== undefined && titleWords.some((word) => word.test(title)) ? 30 : 0) +
    (countries.includes(profile.country?.value ?? '') ? 10 : 0) +
    ((account?.employees?.value ?? 0) >= 500 ? 20 : 0) +
    (industry === undefined ? -5 : industries.includes(industry) ? 15 : 0);
  return [behaviour, fit];
};
