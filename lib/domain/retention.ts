// How long what is known of people is kept. Reckoned from the days on which things happened, never from when news of them came, so that
// any order ends alike.
import type { Captured } from '../../events/catalogue.ts';
import { dayMilliseconds, dayNumberOf, isoDay } from './days.ts';
import { anyTouch, lastMomentOf } from './facts/facts.ts';
import type { Decisions } from './identity-decisions.ts';
import type { IdentityState } from './lead.ts';
import type { Links } from './links.ts';
import { monthsAfter } from './months.ts';
import type { Aliases, Heir } from './visitor-names.ts';

/** `retention` of a tenant's file, which says what each means. */
export interface Retention {
  anonymousDays: number;
  trailMonths: number;
  noticeDays: number;
  quarantineDays: number;
}

const daySeconds = dayMilliseconds / 1_000;

/** The last second (since 1970) of what is kept so many days from a moment (ISO). */
export const daysFrom = (moment: string, days: number): number =>
  Math.floor(Date.parse(moment) / 1_000) + days * daySeconds;

/** Whose it is if it is anybody's. */
interface Whose {
  kind: 'email' | 'visitor' | 'crm';
  links: Links;
  decisions?: Decisions;
  heir?: Heir | undefined;
  erased?: unknown;
}

/** A visitor nobody knows. What stands where somebody was erased stays, and so does what people decided. */
export const isNobodys = ({ kind, links, decisions = {}, heir, erased }: Whose): boolean =>
  kind === 'visitor' &&
  erased === undefined &&
  heir === undefined &&
  Object.keys(links).length + Object.keys(decisions).length === 0;

const anonymousUntil = ({ anonymousDays }: Retention, day: number): number => (day + 1 + anonymousDays) * daySeconds;

/** The last that is known of a visitor: a visit, or that another name was theirs. */
const lastSeen = ({ own, aliases = {} }: { own: IdentityState; aliases?: Aliases }): string | undefined =>
  [lastMomentOf(own.facts, anyTouch), own.network?.at, ...Object.values(aliases)]
    .filter((moment) => moment !== undefined)
    .sort()
    .at(-1);

/** The last second of a visitor nobody knows; undefined of anybody else, who stays. Of whom nothing counts, such as a machine, it stays
 * what it was, or is reckoned from the lines at hand. */
export const visitorUntil = (
  retention: Retention | undefined,
  visitor: Whose & { own: IdentityState; aliases?: Aliases; ttl?: number },
  lines: readonly Captured[],
): number | undefined => {
  if (retention === undefined || !isNobodys(visitor)) return undefined;
  const seen = lastSeen(visitor);
  if (seen === undefined && visitor.ttl !== undefined) return visitor.ttl;
  const last =
    seen ??
    lines
      .map(({ occurredAt }) => occurredAt)
      .sort()
      .at(-1);
  return last === undefined ? undefined : anonymousUntil(retention, dayNumberOf(last));
};

/** A trail stays for a month longer than touches of its day are taken in: as long as anything can be on its way, twice over. */
const graceDays = 31;

/** The last second of a day's trail: of a visitor nobody knows as long as they would stay if they never came again; of anybody else by
 * its months. What a CRM said and what people decided or did stays as long as whom it is about. */
export const trailUntil = (
  retention: Retention | undefined,
  nobodys: boolean,
  day: string,
  lines: readonly Captured[],
): number | undefined => {
  if (retention === undefined) return undefined;
  if (nobodys) return anonymousUntil(retention, dayNumberOf(day));
  if (lines.some(({ type }) => type !== 'touch-captured.v1')) return undefined;
  return daysFrom(monthsAfter(`${day}T00:00:00.000Z`, retention.trailMonths), 1 + graceDays);
};

/** The first day (its number) from which on every trail is still there. */
export const trailReach = (retention: Retention | undefined, nobodys: boolean, now: string): number => {
  if (retention === undefined) return Number.NEGATIVE_INFINITY;
  const today = dayNumberOf(now);
  if (nobodys) return today - retention.anonymousDays;
  return dayNumberOf(monthsAfter(`${isoDay(today - graceDays)}T00:00:00.000Z`, -retention.trailMonths)) + 1;
};

/** By whatever settings: no trail ever goes sooner, `infra/retention-settings.ts`. */
export const leastDays = 30;

/** Why a line is not taken in: the trail of its day may be gone, without which nobody can tell whether it was counted already. */
export const tooOld = (retention: Retention | undefined, line: Captured, now: string): string | undefined => {
  if (retention === undefined || line.type !== 'touch-captured.v1') return undefined;
  const last = Date.parse(monthsAfter(line.occurredAt, retention.trailMonths));
  const isTooLate = Date.parse(line.receivedAt) > last || Date.parse(now) > last + graceDays * dayMilliseconds;
  return isTooLate ? `older than trails are kept: ${retention.trailMonths} months` : undefined;
};
