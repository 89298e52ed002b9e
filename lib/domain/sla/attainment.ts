// How one assignment went: what is reported per rep, team, grade and week. The rep's time is apart from what the system took.
import type { Grade } from '../playbook/grade.ts';
import type { Playbook } from '../playbook/playbook.ts';
import type { PastClock } from './clock.ts';
import { workedUntil } from './clock.ts';

export interface Attainment {
  /** `2026-W47`: the week in which the owner got the lead, by UTC. */
  week: string;
  assignmentId: string;
  /** An e-mail address. */
  rep: string;
  team?: string | undefined;
  grade: Grade;
  qualifiedAt: string;
  routedAt: string;
  toldAt?: string | undefined;
  firstResponseAt?: string | undefined;
  /** The rep's working time up to the first response, without rests. */
  repMs?: number | undefined;
  /** From when the lead qualified to when the rep was told, by the clock on the wall. */
  systemMs?: number | undefined;
  met?: boolean | undefined;
  breachedAt?: string | undefined;
  /** When a follow-up was heard of that made the breach none. */
  correctedAt?: string | undefined;
  endedAt?: string | undefined;
}

const dayMs = 86_400_000;

/** ISO week of a moment: that of its Thursday. */
export const weekOf = (moment: string): string => {
  const day = new Date(`${moment.slice(0, 10)}T00:00:00.000Z`);
  const thursday = new Date(day.getTime() + (3 - ((day.getUTCDay() + 6) % 7)) * dayMs);
  const year = thursday.getUTCFullYear();
  const week = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * dayMs));
  return `${year}-W${String(week).padStart(2, '0')}`;
};

const between = (from: string, to: string | undefined): number | undefined =>
  to === undefined ? undefined : Math.max(0, Date.parse(to) - Date.parse(from));

/** In time or not; undefined while that is open, and where the lead was taken away before its time was over. */
const metOf = ({ met, breachedAt, overBefore, dueAt, stoppedAt }: PastClock): boolean | undefined => {
  if (met !== undefined || overBefore) return met;
  return breachedAt !== undefined || (stoppedAt !== undefined && dueAt <= stoppedAt) ? false : undefined;
};

/** What there is to report of a clock, once it was breached or ended with an outcome; else undefined. */
export const attainmentOf = (clock: PastClock, playbook: Playbook): Attainment | undefined => {
  const { assignmentId, owner, grade, qualifiedAt, routedAt, toldAt, answeredAt, breachedAt, stoppedAt } = clock;
  const met = metOf(clock);
  if (answeredAt === undefined && met === undefined) return undefined;
  const [team] = Object.entries(playbook.teams).find(([, { members }]) => members.includes(owner)) ?? [];
  return {
    week: weekOf(routedAt),
    ...{ assignmentId, rep: owner, team, grade, qualifiedAt, routedAt, toldAt },
    firstResponseAt: answeredAt,
    repMs: answeredAt === undefined ? undefined : Math.max(0, workedUntil(clock, answeredAt, playbook)),
    systemMs: between(qualifiedAt, toldAt),
    ...{ met, breachedAt, correctedAt: clock.correctedAt, endedAt: stoppedAt },
  };
};
