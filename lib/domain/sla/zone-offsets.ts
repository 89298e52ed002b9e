// How far a zone's clock is from UTC, as stretches of time in which it stays the same: what makes summer time, midnights that come
// twice and days that are left out the same plain arithmetic.
import { tzOffset } from '@date-fns/tz/tzOffset';

/** From `from` until before `to`, both ms since 1970, the zone's clock shows UTC plus `offset` ms. */
export interface Stretch {
  from: number;
  to: number;
  offset: number;
}

/** The one thing that is asked of a zone: all of Luxon is 71 KB more of every function that reckons with calendars. */
const offsetAt = (zone: string, at: number): number => Math.round(tzOffset(zone, new Date(at)) * 60_000);

/** The first millisecond after the change that lies between the two. */
const changeBetween = (zone: string, from: number, to: number): number => {
  const after = offsetAt(zone, to);
  let [before, changed] = [from, to];
  while (changed - before > 1) {
    const middle = Math.floor((before + changed) / 2);
    if (offsetAt(zone, middle) === after) changed = middle;
    else before = middle;
  }
  return changed;
};

/** For a day or less: no zone's clock was ever changed twice within one. */
export const stretchesBetween = (timezone: string, from: number, to: number): Stretch[] => {
  const [first, last] = [offsetAt(timezone, from), offsetAt(timezone, to)];
  if (first === last) return [{ from, to, offset: first }];
  const change = changeBetween(timezone, from, to);
  return [
    { from, to: change, offset: first },
    { from: change, to, offset: last },
  ].filter((stretch) => stretch.from < stretch.to);
};
