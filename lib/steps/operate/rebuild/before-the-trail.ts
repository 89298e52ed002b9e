// What an identity's item has from before its trail begins: of that there are no lines any more, so it stays.
import { dayNumberOf } from '../../../domain/days.ts';
import { emptyState, type IdentityState } from '../../../domain/lead.ts';

/** `moment` may be a day. */
export const isOlder = (moment: string, reach: number): boolean => dayNumberOf(moment) < reach;

type Dated = string | { at: string };

/** Undefined where nothing is. */
export const olderThan = <Value extends Dated>(
  reach: number,
  entries: Record<string, Value> | undefined,
): Record<string, Value> | undefined => {
  const older = Object.entries(entries ?? {}).filter(([, value]) =>
    isOlder(typeof value === 'string' ? value : value.at, reach),
  );
  return older.length === 0 ? undefined : Object.fromEntries(older);
};

/** What it says besides its facts. */
export const saidBefore = (
  { facts: _, profile, activities, crmStages: __, ...said }: IdentityState,
  reach: number,
) => ({
  ...emptyState,
  ...(olderThan(reach, said) as Partial<IdentityState>),
  profile: olderThan(reach, profile) ?? {},
  activities: activities.filter(({ at }) => isOlder(at, reach)),
});
