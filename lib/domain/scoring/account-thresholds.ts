// Thresholds on recency, frequency and significance: so many people and touches of chosen signals within so many business days.
//
// A touch that feeds two of the signals counts once (`distinct-touches.ts`). What is no longer kept by day is in no window.
// Unknown visitors add touches but are no people: three browsers may be one person. A threshold holds from the touch that
// completes it until so much of it has dropped out of the window that it holds no more, at a midnight UTC.
import { dayMilliseconds, dayNumberOf, momentIn } from '../days.ts';
import type { AccountThreshold } from '../playbook/accounts.ts';
import type { Playbook } from '../playbook/playbook.ts';
import { byLeadId, countsBetween, isCounted, type ScoredMember } from './account-members.ts';
import { type BusinessWeek, businessWeekOf, dropsOutOn, firstDayOfWindow } from './business-days.ts';
import { distinctTouches } from './distinct-touches.ts';
import { enumerated } from './enumerated.ts';

export interface ReachedThreshold {
  /** The threshold's id in the playbook. */
  id: string;
  label: string;
  /** The touch that completed it (ISO); it has held ever since. Of several touches of a signal on a day only the first and the
   * last moment are known: all but the first count from the last. */
  since: string;
  /** The midnight at which it ceases if nothing more happens, ISO. */
  until: string;
  /** Names, the most active first, at most ten. */
  people: string[];
  peopleCount: number;
  touches: number;
  why: string;
}

/** Touches of one person at one moment, milliseconds since 1970. */
interface Touches {
  at: number;
  leadId: string;
  isKnown: boolean;
  count: number;
}

const touchesOf = (member: ScoredMember, signals: Iterable<string>, from: number, today: number): Touches[] => {
  const { leadId, facts } = member;
  const isKnown = !member.anonymous;
  const counts = [...signals].flatMap((signal) => countsBetween(facts, signal, from, today));
  const touches: Touches[] = [];
  for (const [day, ofDay] of Map.groupBy(counts, ([day]) => day)) {
    for (const { at, count } of distinctTouches(ofDay)) {
      touches.push({ at: day * dayMilliseconds + at, leadId, isKnown, count });
    }
  }
  return touches;
};

/** What the window holds. */
interface Tally {
  touches: number;
  byPerson: Map<string, number>;
}

const add = (tally: Tally, { leadId, isKnown, count }: Touches, sign: 1 | -1): void => {
  tally.touches += sign * count;
  if (!isKnown) return;
  const left = (tally.byPerson.get(leadId) ?? 0) + sign * count;
  if (left === 0) tally.byPerson.delete(leadId);
  else tally.byPerson.set(leadId, left);
};

const dayOfTouches = ({ at }: { at: number }): number => Math.floor(at / dayMilliseconds);

interface Run {
  /** Milliseconds since 1970. */
  since: number;
  /** The day number of the midnight. */
  until: number;
  touches: number;
  byPerson: Map<string, number>;
}

/** Moves the window over touches in order of time up to `today`. */
const runOf = (
  touches: readonly Touches[],
  threshold: AccountThreshold,
  week: BusinessWeek,
  today: number,
): Run | undefined => {
  const tally: Tally = { touches: 0, byPerson: new Map() };
  const holds = (): boolean => tally.byPerson.size >= threshold.people && tally.touches >= threshold.touches;
  let oldest = 0;
  const dropBefore = (day: number): void => {
    for (; oldest < touches.length && dayOfTouches(touches[oldest]!) < day; oldest += 1) {
      add(tally, touches[oldest]!, -1);
    }
  };
  let since = 0;
  for (const one of touches) {
    dropBefore(firstDayOfWindow(week, dayOfTouches(one), threshold.within));
    const held = holds();
    add(tally, one, 1);
    if (!held) since = one.at;
  }
  dropBefore(firstDayOfWindow(week, today, threshold.within));
  if (!holds()) return undefined;
  const now = { touches: tally.touches, byPerson: new Map(tally.byPerson) };
  while (holds()) add(tally, touches[oldest++]!, -1);
  return { since, until: dropsOutOn(week, dayOfTouches(touches[oldest - 1]!), threshold.within), ...now };
};

/** Looks back over one window, and twice as far each time until it has seen how the threshold was reached: what does not hold
 * costs a window, and only what has held for months costs months. */
const exactRunOf = (
  members: readonly ScoredMember[],
  threshold: AccountThreshold,
  week: BusinessWeek,
  today: number,
): Run | undefined => {
  const signals = new Set(threshold.signals);
  for (let from = firstDayOfWindow(week, today, threshold.within); ; from = today - 2 * (today - from + 1)) {
    const touches = members.flatMap((member) => touchesOf(member, signals, from, today)).sort((a, b) => a.at - b.at);
    const run = runOf(touches, threshold, week, today);
    const isSeen =
      run === undefined || firstDayOfWindow(week, Math.floor(run.since / dayMilliseconds), threshold.within) >= from;
    if (isSeen || from <= 0) return run;
  }
};

const peopleShown = 10;
const namedInSentence = 3;

/** The first few, and how many more there are. */
const few = (texts: readonly string[], count: number): string => {
  const named = texts.slice(0, namedInSentence);
  const more = count - named.length;
  return enumerated(more === 0 ? named : [...named, `${more} more`]);
};

/** The account's thresholds that hold by the end of the day of `asOf` (ISO), in the playbook's order. */
export const thresholdsReached = (
  members: readonly ScoredMember[],
  playbook: Playbook,
  asOf: string,
): ReachedThreshold[] => {
  const today = dayNumberOf(asOf);
  const week = businessWeekOf(playbook);
  const counted = members.filter(isCounted);
  return Object.entries(playbook.account.thresholds).flatMap(([id, threshold]): ReachedThreshold[] => {
    const run = exactRunOf(counted, threshold, week, today);
    if (run === undefined) return [];
    const { label, within, signals } = threshold;
    const { touches, byPerson } = run;
    const people = counted
      .filter(({ leadId }) => byPerson.has(leadId))
      .sort((a, b) => byPerson.get(b.leadId)! - byPerson.get(a.leadId)! || byLeadId(a, b))
      .map(({ name }) => name);
    const from = firstDayOfWindow(week, today, within);
    const done = [...new Set(signals)]
      .filter((signal) => counted.some(({ facts }) => countsBetween(facts, signal, from, today).length > 0))
      .map((signal) => playbook.signals[signal]?.label ?? signal);
    const days = within === 1 ? 'one business day' : `${within} business days`;
    const times = touches === 1 ? 'once' : `${touches} times in all`;
    return [
      {
        id,
        label,
        since: new Date(run.since).toISOString(),
        until: momentIn(run.until),
        people: people.slice(0, peopleShown),
        peopleCount: people.length,
        touches,
        why: `${few(people, people.length)} within ${days}, ${times}: ${few(done, done.length)}.`,
      },
    ];
  });
};
