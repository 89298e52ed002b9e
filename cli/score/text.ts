// How numbers, moments and sums stand in what a command prints.

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** `2026-11-22 09:30`, in UTC. */
export const minute = (moment: string): string => moment.slice(0, 16).replace('T', ' ');

const signed = (points: number): string => (points > 0 ? `+${points}` : String(points));

/** Points as a column of seven characters. */
export const pointsColumn = (points: number): string => signed(points).padStart(7);

/** The line below the parts, which adds them up. */
export const sumLines = (parts: readonly { points: number }[], total: number): string[] => {
  const given = parts.filter(({ points }) => points !== 0).map(({ points }) => points);
  const terms = given.map((points, at) =>
    at === 0 ? String(points) : `${points < 0 ? '-' : '+'} ${Math.abs(points)}`,
  );
  return ['-------'.padStart(7), `${String(total).padStart(7)}${given.length > 1 ? `  = ${terms.join(' ')}` : ''}`];
};
