// An account's surge in words: since when, until when, and who did what in the week that spoke for it.
import { dayNumberOf, isoDay } from '../days.ts';
import { activeDays, anyTouch } from '../facts/facts.ts';
import type { Playbook } from '../playbook/playbook.ts';
import { countsBetween, isCounted, type ScoredMember } from './account-members.ts';
import { type ActiveDays, findSurge, type Surge } from './surge.ts';

/** What one person did of one signal in the week. */
export interface SurgeCause {
  leadId: string;
  name: string;
  /** The signal's. */
  label: string;
  touches: number;
}

export interface AccountSurge extends Omit<Surge, 'since' | 'endsAt'> {
  /** The day it began, ISO. One that began on another day is another surge. */
  since: string;
  /** The day from whose beginning (UTC) it is over if nothing more happens, ISO. */
  endsAt: string;
  /** Not over yet. */
  standing: boolean;
  /** At most five: what weighs most of each person first. */
  causes: SurgeCause[];
  why: string;
}

const weekDays = 7;
const causesShown = 5;
/** What somebody did that no signal of the playbook asks for. */
const otherwise = 'Other visits';

/** Unknown visitors count with the known: many of them in one week are the surge that a form comes after. */
const peopleByDay = (members: readonly ScoredMember[], today: number): ActiveDays => {
  const people = new Map<number, string[]>();
  for (const { leadId, facts } of members) {
    for (const [day] of activeDays(facts, 0, today)) {
      const known = people.get(day);
      if (known === undefined) people.set(day, [leadId]);
      else known.push(leadId);
    }
  }
  return [...people].sort(([a], [b]) => a - b);
};

interface Weighed extends SurgeCause {
  signal: string;
  /** Touches by the signal's points. */
  weight: number;
  /** How many of the person's own weigh more. */
  place: number;
}

const byWeight = (a: Weighed, b: Weighed): number =>
  b.weight - a.weight || b.touches - a.touches || (`${a.leadId} ${a.signal}` < `${b.leadId} ${b.signal}` ? -1 : 1);

const causesOf = (member: ScoredMember, playbook: Playbook, from: number, to: number): Weighed[] => {
  const { leadId, name, facts } = member;
  const touchesOf = (signal: string): number =>
    countsBetween(facts, signal, from, to).reduce((sum, [, count]) => sum + count, 0);
  const all = activeDays(facts, from, to).reduce((sum, [, count]) => sum + count, 0);
  const causes = Object.entries(playbook.signals)
    .map(([signal, { label, points }]) => {
      const touches = touchesOf(signal);
      return { leadId, name, label, touches, signal, weight: touches * points, place: 0 };
    })
    .filter(({ touches }) => touches > 0);
  if (causes.length > 0) return causes.sort(byWeight).map((cause, place) => ({ ...cause, place }));
  return all === 0 ? [] : [{ leadId, name, label: otherwise, touches: all, signal: anyTouch, weight: 0, place: 0 }];
};

const personDays = (count: number): string => `${count} person-day${count === 1 ? '' : 's'}`;

/** The surge that stands by the end of the day of `asOf` (ISO), or the last one that `findSurge` still tells of. */
export const accountSurge = (
  members: readonly ScoredMember[],
  playbook: Playbook,
  asOf: string,
): AccountSurge | undefined => {
  const today = dayNumberOf(asOf);
  const counted = members.filter(isCounted);
  const surge = findSurge(peopleByDay(counted, today), today, playbook.account.surge);
  if (surge === undefined) return undefined;
  const lastDay = surge.endsAt - weekDays;
  const causes = counted
    .flatMap((member) => causesOf(member, playbook, lastDay - weekDays + 1, lastDay))
    .sort((a, b) => a.place - b.place || byWeight(a, b))
    .slice(0, causesShown)
    .map(({ leadId, name, label, touches }): SurgeCause => ({ leadId, name, label, touches }));
  const told = causes.map(({ name, label, touches }) => `${name} (${label}, ${touches})`).join(', ');
  return {
    ...surge,
    since: isoDay(surge.since),
    endsAt: isoDay(surge.endsAt),
    standing: today < surge.endsAt,
    causes,
    why: `${personDays(surge.personDays)} in a week against ${surge.usualPersonDays} in a usual one: ${told}.`,
  };
};
