// Calendar months from a moment: terms of contracts are reckoned by these.

/** So many months later, or earlier; where the month has no such day its last one. ISO, UTC. */
export const monthsAfter = (moment: string, months: number): string => {
  const date = new Date(moment);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.toISOString();
};
