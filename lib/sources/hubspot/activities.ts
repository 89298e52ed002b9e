// What sales did with a contact, as far as its properties tell: HubSpot sets them itself. Only those that speak of sales: "Last
// engagement date" (`hs_last_sales_activity_timestamp`) and replies tell what the person did, and would stop a rep's clock for it.

import type { Saying } from './told.ts';
import { momentIn } from './values.ts';

const activityProperties = {
  notes_last_contacted: 'other',
  hs_first_outreach_date: 'other',
  hs_sa_first_engagement_date: 'other',
  /** Past or yet to come. */
  hs_latest_meeting_activity: 'meeting',
} as const;
type ActivityProperty = keyof typeof activityProperties;

export const activityPropertyNames: readonly string[] = Object.keys(activityProperties);

const isActivityProperty = (property: string): property is ActivityProperty =>
  Object.hasOwn(activityProperties, property);

/** The activity, whose id is the same whoever tells of it and however often; why there is none; undefined of other properties. */
export const readActivity = (
  contact: string,
  property: string,
  typed: string,
  toldAt: number,
): Saying | { why: string } | undefined => {
  if (!isActivityProperty(property)) return undefined;
  const at = momentIn(typed);
  if (at === undefined) return { why: typed === '' ? 'was cleared, which undoes nothing' : 'is no time' };
  if (at > toldAt) return { why: 'lies ahead, and has not happened yet' };
  const id = `${contact}.${property}.${at}`;
  const kind = activityProperties[property];
  return { id, at, change: { object: 'activity', externalId: id, personExternalId: contact, kind } };
};
