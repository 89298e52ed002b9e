// What an identity's item has of days whose trail is gone: of that there are no lines any more, so it stays.
import type { Captured } from '../../../../events/catalogue.ts';
import { dayNumberOf } from '../../../domain/days.ts';
import { emptyState, type IdentityState } from '../../../domain/lead.ts';
import { isNobodys, leastDays, type Retention, trailReach } from '../../../domain/retention.ts';
import type { NewItem } from '../../../table/items.ts';

/** `from`: the first day of which there is a trail by the settings of now. Those of before may have had it go earlier, though never
 * within `sure`: of a day in between a trail that is not there is gone. */
export interface Reach {
  from: number;
  sure: number;
}

/** What a CRM says has a trail for good. */
export const reachOf = (
  retention: Retention | undefined,
  lead: NewItem<'lead'> | undefined,
  now: number,
): Reach | undefined => {
  if (retention === undefined || lead?.kind === 'crm') return undefined;
  const today = new Date(now).toISOString();
  const from = trailReach(retention, lead !== undefined && isNobodys(lead), today);
  return { from, sure: dayNumberOf(today) - leastDays };
};

/** Whether the trail of a day is gone, going by the lines there are. */
export const goneIn = (reach: Reach | undefined, lines: readonly Captured[]) => {
  const there = new Set(lines.map(({ occurredAt }) => dayNumberOf(occurredAt)));
  return (day: number): boolean => reach !== undefined && (day < reach.from || (day < reach.sure && !there.has(day)));
};
type IsGone = ReturnType<typeof goneIn>;

type Dated = string | { at: string };

/** Undefined where there is nothing. */
export const saidThen = <Value extends Dated>(
  isGone: IsGone,
  entries: Record<string, Value> | undefined,
): Record<string, Value> | undefined => {
  const said = Object.entries(entries ?? {}).filter(([, value]) =>
    isGone(dayNumberOf(typeof value === 'string' ? value : value.at)),
  );
  return said.length === 0 ? undefined : Object.fromEntries(said);
};

/** What it says besides its facts. */
export const stateThen = (isGone: IsGone, state: IdentityState): IdentityState => {
  const { facts: _, profile, activities, crmStages: __, ...said } = state;
  return {
    ...emptyState,
    ...(saidThen(isGone, said) as Partial<IdentityState>),
    profile: saidThen(isGone, profile) ?? {},
    activities: activities.filter(({ at }) => isGone(dayNumberOf(at))),
  };
};
