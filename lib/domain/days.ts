// Whole UTC days as numbers since 1970, which facts are kept by and scores reckon with.

export const dayMilliseconds = 86_400_000;

/** `2026-11-22T09:30:00.000Z` → `2026-11-22`. */
export const dayOf = (moment: string): string => moment.slice(0, 10);
/** The day's number, of a day or a moment as ISO. */
export const dayNumberOf = (moment: string): number => Math.floor(Date.parse(moment) / dayMilliseconds);
/** 20779 → `2026-11-22`. */
export const isoDay = (day: number): string => new Date(day * dayMilliseconds).toISOString().slice(0, 10);
/** Milliseconds into a day as ISO moment. */
export const momentIn = (day: number, millisecond = 0): string =>
  new Date(day * dayMilliseconds + millisecond).toISOString();

/** Months since the year 0, so that neighbours differ by one. */
export const monthOf = (day: number): number => {
  const date = new Date(day * dayMilliseconds);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};
export const dayOfMonth = (day: number): number => new Date(day * dayMilliseconds).getUTCDate();
