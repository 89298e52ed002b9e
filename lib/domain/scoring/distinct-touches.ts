// How many touches there are behind a person's counts of a day by several signals, where one touch may feed two of them.
//
// Facts cannot always tell one touch in two signals from two touches. Then they are taken for as few as there can be, since an
// alarm that is wrong costs more than one that comes with the next touch. Signals without a content in common have no touch in
// common, and add up. Of those that share one it is the most of: the touches of any one of them, their different contents, and
// the different moments known.
import { contentsIn, type DayCount, keptContents } from '../facts/counts.ts';

/** A day's counts of signals that may have touches in common. */
interface Overlap {
  counts: DayCount[];
  /** Undefined where some are not known: facts keep so many of a day. */
  contents: Set<string> | undefined;
}

const isOverlapping = (a: Overlap, b: Overlap): boolean =>
  a.contents === undefined || b.contents === undefined || !a.contents.isDisjointFrom(b.contents);

const contentsOf = ([, , , , , text]: DayCount): Set<string> | undefined => {
  const contents = contentsIn(text);
  return contents.length === 0 || contents.length >= keptContents ? undefined : new Set(contents);
};

const overlapsIn = (counts: readonly DayCount[]): Overlap[] => {
  let apart: Overlap[] = [];
  for (const count of counts) {
    let all: Overlap = { counts: [count], contents: contentsOf(count) };
    const others = apart.filter((one) => !isOverlapping(one, all));
    for (const one of apart) {
      if (others.includes(one)) continue;
      const contents = all.contents && one.contents && all.contents.union(one.contents);
      all = { counts: [...one.counts, ...all.counts], contents };
    }
    apart = [...others, all];
  }
  return apart;
};

/** Touches at one moment of the day. */
export interface Moment {
  /** Milliseconds since midnight. */
  at: number;
  count: number;
}

/** The touches there must have been at least, in order of time: what may repeat is taken from all but the first. */
const momentsOf = ({ counts }: Overlap): Moment[] => {
  const all = counts.flatMap(([, count, first, last]): Moment[] => [
    { at: first, count: 1 },
    ...(count > 1 ? [{ at: last, count: count - 1 }] : []),
  ]);
  const atLeast = Math.max(
    ...counts.map(([, count]) => count),
    new Set(counts.flatMap(([, , , , , text]) => contentsIn(text))).size,
    new Set(all.map(({ at }) => at)).size,
  );
  let excess = all.reduce((sum, { count }) => sum + count, 0) - atLeast;
  return all
    .sort((a, b) => a.at - b.at)
    .map(({ at, count }, index) => {
      const taken = index === 0 ? 0 : Math.min(excess, count);
      excess -= taken;
      return { at, count: count - taken };
    })
    .filter(({ count }) => count > 0);
};

/** The touches there must have been at least behind one person's counts of one day, those of a moment together. */
export const distinctTouches = (counts: readonly DayCount[]): Moment[] => overlapsIn(counts).flatMap(momentsOf);
