// Whether people follow up in time, added up per rep, team, grade and week.
import { type Attainment, weekOf } from './attainment.ts';

export interface AttainmentRow {
  /** Assignments that were breached or ended with a result. */
  count: number;
  met: number;
  breached: number;
  /** Of these nobody has followed up yet. */
  open: number;
  /** The rep's working time to the first response, ms; null where there is none. */
  repP50: number | null;
  repP90: number | null;
  /** From when the lead qualified to when the rep was told, ms by the clock on the wall. */
  systemP50: number | null;
  systemP90: number | null;
}

export type Grouped = 'rep' | 'team' | 'grade' | 'week';

export interface AttainmentReport extends Record<Grouped, (AttainmentRow & { name: string })[]> {
  total: AttainmentRow;
}

/** The smallest value that at least that share of them does not exceed: one that was really seen. */
const percentile = (sorted: readonly number[], share: number): number | null =>
  sorted[Math.ceil(sorted.length * share) - 1] ?? null;

const both = (values: readonly (number | undefined)[]): [number | null, number | null] => {
  const sorted = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  return [percentile(sorted, 0.5), percentile(sorted, 0.9)];
};

const rowOf = (all: readonly Attainment[]): AttainmentRow => {
  const [repP50, repP90] = both(all.map(({ repMs }) => repMs));
  const [systemP50, systemP90] = both(all.map(({ systemMs }) => systemMs));
  return {
    count: all.length,
    met: all.filter(({ met }) => met === true).length,
    breached: all.filter(({ met }) => met === false).length,
    open: all.filter(({ endedAt }) => endedAt === undefined).length,
    ...{ repP50, repP90, systemP50, systemP90 },
  };
};

/** In the order of their names; who is in no team is in none of the rows by team. */
const rowsBy = (all: readonly Attainment[], by: Grouped): (AttainmentRow & { name: string })[] => {
  const groups = Map.groupBy(all, (one) => one[by]);
  return [...groups]
    .flatMap(([name, some]) => (name === undefined ? [] : [{ name, ...rowOf(some) }]))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
};

export const attainmentReport = (all: readonly Attainment[]): AttainmentReport => ({
  total: rowOf(all),
  rep: rowsBy(all, 'rep'),
  team: rowsBy(all, 'team'),
  grade: rowsBy(all, 'grade'),
  week: rowsBy(all, 'week'),
});

/** The weeks from one to another, both included; undefined where that is turned round or more than `most`. */
export const weeksBetween = (from: string, to: string, most: number): string[] | undefined => {
  const weeks: string[] = [];
  for (let monday = mondayOf(from); weeks.length < most; monday += 7 * 86_400_000) {
    const week = weekOf(new Date(monday).toISOString());
    if (week > to) return weeks.length === 0 ? undefined : weeks;
    weeks.push(week);
    if (week === to) return weeks;
  }
  return undefined;
};

/** The Monday (ms) a week such as `2026-W47` begins with: the fourth of January is always in the first. */
const mondayOf = (week: string): number => {
  const fourth = Date.UTC(Number(week.slice(0, 4)), 0, 4);
  const first = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * 86_400_000;
  return first + (Number(week.slice(6)) - 1) * 7 * 86_400_000;
};
