// What an account's owner is to be told of at once: a surge, a threshold reached. Each is told when it begins, never again
// while it lasts, and not of an account nobody may sell to.
import type { Published } from '../../events/catalogue.ts';
import type { AccountAssessment } from '../domain/assessment.ts';
import { eventIdOf } from '../domain/ids.ts';
import { mayMarketTo } from '../domain/status/marketing.ts';

/** The latest surge that was told. Late news can move a surge's beginning, or take it back for a while; what has begun before
 * the told one ends is the told one. */
export interface ToldSurge {
  since: string;
  endsAt: string;
}

const surgeEvent = (
  accountId: string,
  told: ToldSurge | undefined,
  { surge, status }: AccountAssessment,
  at: string,
): { events: Published[]; told: ToldSurge | undefined } => {
  if (surge === undefined) return { events: [], told };
  const { since, endsAt, standing } = surge;
  if (told !== undefined && since <= told.endsAt) {
    // The same one goes on; where it ends moves with what is heard of it.
    return { events: [], told: endsAt > told.endsAt ? { since: told.since, endsAt } : told };
  }
  if (!standing || !mayMarketTo(status)) return { events: [], told };
  const id = eventIdOf('account-surged', accountId, since);
  return { events: [{ type: 'account-surged.v1', id, at, accountId, since }], told: { since, endsAt } };
};

/** The events that follow from an account's new assessment besides its status, and what has been told by then. */
export const alertsOf = (
  accountId: string,
  before: { assessment: AccountAssessment; toldSurge?: ToldSurge | undefined } | undefined,
  assessment: AccountAssessment,
  at: string,
): { events: Published[]; told: ToldSurge | undefined } => {
  const surged = surgeEvent(accountId, before?.toldSurge, assessment, at);
  if (!mayMarketTo(assessment.status)) return surged;
  const known = new Set(before?.assessment.reached?.map(({ id }) => id));
  const reached = (assessment.reached ?? [])
    .filter(({ id }) => !known.has(id))
    .map(({ id: threshold, since }): Published => {
      const id = eventIdOf('account-threshold', accountId, threshold, since);
      return { type: 'account-threshold-reached.v1', id, at, accountId, threshold, since };
    });
  return { ...surged, events: [...surged.events, ...reached] };
};
