// How a status came to be what it is: each change with its reason, and the time spent in each.

export interface StatusChange {
  from: string;
  to: string;
  at: string;
  reason: string;
  /** The milliseconds spent in each status up to then, all the changes before included: of the latest change only. It stays
   * whole when changes are dropped. */
  spent?: Record<string, number>;
}

/** The first entry and the latest 49: a status that has changed more often is flapping, and its middle says nothing. */
const kept = 50;

const between = (from: string, to: string): number => Math.max(0, Date.parse(to) - Date.parse(from));

const plus = (spent: Record<string, number>, status: string, milliseconds: number): Record<string, number> => {
  if (milliseconds === 0) return spent;
  const all = { ...spent, [status]: (spent[status] ?? 0) + milliseconds };
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
};

/** Of a history that began before times were added up: what its own changes say. */
const addedUp = (history: readonly StatusChange[]): Record<string, number> =>
  history
    .slice(1)
    .reduce<Record<string, number>>(
      (spent, { from, at }, index) => plus(spent, from, between(history[index]!.at, at)),
      {},
    );

const spentIn = (history: readonly StatusChange[]): Record<string, number> => history.at(-1)?.spent ?? addedUp(history);

/** The history with one change more. `since` (ISO): when what it changes from began. */
export const withChange = (
  history: readonly StatusChange[],
  change: Omit<StatusChange, 'spent'>,
  since: string,
): StatusChange[] => {
  const spent = plus(spentIn(history), change.from, between(since, change.at));
  const before = history.map(({ spent: _, ...earlier }) => earlier);
  const all = [...before, Object.keys(spent).length === 0 ? change : { ...change, spent }];
  return all.length <= kept ? all : [all[0]!, ...all.slice(1 - kept)];
};

/** The milliseconds spent in each status up to `now`, by the names of statuses; they add up to the time since the first.
 * `since`: when the status that stands began. Both ISO. */
export const timeIn = (
  history: readonly StatusChange[],
  standing: { status: string; since: string },
  now: string,
): Record<string, number> => plus(spentIn(history), standing.status, between(standing.since, now));
