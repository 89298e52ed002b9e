// Where each content counts that counts once, however often it was seen: the latest time, while its day has room.
//
// A cap a day leaves room for some of a day's contents. Were the rest lost, to read again today what was read last week would
// lower a score: last week's points would go, and today has no room for them. So such a content counts on an earlier day it was
// seen on, and the days share the contents out so that the sum is as high as can be: more touches never make it less.
import { contentsIn } from '../facts/counts.ts';

/** The contents of a day, or of a month or year no longer kept by day, as facts keep them; age in days. */
export interface Look {
  age: number;
  contents: string | undefined;
}

/** Points, above zero, that something gives at an age. */
export interface Place {
  age: number;
  points: number;
}

/** Each content on the latest day it was seen. `looks` are in order of age. */
export const latestPlaces = (looks: readonly Look[], points: number): Place[] => {
  const seen = new Set<string>();
  return looks.flatMap(({ age, contents }) => {
    const fresh = contentsIn(contents).filter((content) => !seen.has(content));
    for (const content of fresh) seen.add(content);
    return fresh.map(() => ({ age, points }));
  });
};

/** Hands out contents to days one by one. A day that finds none free asks whether another that holds one of its contents can
 * take a different one instead, and so on: a shortest augmenting path. What a search in vain came across stays taken for
 * good, so that all searches together look at each content of each day about once. */
const sharer = (days: readonly (readonly string[])[]): ((index: number) => boolean) => {
  const holders = new Map<string, number>();
  const taken = new Set<string>();
  return (index) => {
    const askers = new Map<string, number>();
    const offers = new Map<number, string>([[index, '']]);
    for (const asker of offers.keys()) {
      for (const content of days[asker]!) {
        if (taken.has(content) || askers.has(content)) continue;
        askers.set(content, asker);
        const holder = holders.get(content);
        if (holder === undefined) {
          for (let given = content; given !== ''; given = offers.get(askers.get(given)!)!) {
            holders.set(given, askers.get(given)!);
          }
          return true;
        }
        if (!offers.has(holder)) offers.set(holder, content);
      }
    }
    for (const content of askers.keys()) taken.add(content);
    return false;
  };
};

/** Each content on one of the days it was seen, no day above the cap: those places that are worth most. `looks` are in order of
 * age; `points` are 0 or more, `cap` is above; `left` is the share of points left at an age. */
export const placesUnderCap = (
  looks: readonly Look[],
  points: number,
  cap: number,
  left: (age: number) => number,
): Place[] => {
  const days = looks.map(({ contents }) => contentsIn(contents));
  const places = looks.flatMap(({ age }, index) =>
    days[index]!.map((_, n) => Math.min(points, cap - n * points))
      .filter((room) => room > 0)
      .map((room) => ({ index, age, points: room, worth: room * left(age) })),
  );
  const share = sharer(days);
  // Best first, and never one taken back: of places that can be filled together none other sum to more (a matroid's greedy).
  return places.sort((a, b) => b.worth - a.worth).filter(({ index }) => share(index));
};
