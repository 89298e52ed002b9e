// How far a zone's clock is from UTC, as stretches of time in which it stays the same: what makes summer time, midnights that come
// twice and days that are left out the same plain arithmetic.
import { IANAZone } from 'luxon';

/** From `from` until before `to`, both ms since 1970, the zone's clock shows UTC plus `offset` ms. */
export interface Stretch {
  from: number;
  to: number;
  offset: number;
}

const offsetAt = (zone: IANAZone, at: number): number => Math.round(zone.offset(at) * 60_000);

/** The first millisecond after the change that lies between the two. */
const changeBetween = (zone: IANAZone, from: number, to: number): number => {
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
  const zone = IANAZone.create(timezone);
  const [first, last] = [offsetAt(zone, from), offsetAt(zone, to)];
  if (first === last) return [{ from, to, offset: first }];
  const change = changeBetween(zone, from, to);
  return [
    { from, to: change, offset: first },
    { from: change, to, offset: last },
  ].filter((stretch) => stretch.from < stretch.to);
};
