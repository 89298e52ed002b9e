// Whole UTC days as numbers since 1970, which facts are kept by and scores reckon with.

export const dayMilliseconds = 86_400_000;

/** `2026-11-22T09:30:00.000Z` → `2026-11-22`. */
export const dayOf = (moment: string): string => moment.slice(0, 10);
/** The day's number, of a day or a moment as ISO. */
export const dayNumberOf = (moment: string): number => Math.floor(Date.parse(moment) / dayMilliseconds);

/** Days as text, which a score shows twice a part: a date costs ten times the look. Enough for 27 years of them. */
const texts = new Map<number, string>();
const keptTexts = 10_000;

/** 20779 → `2026-11-22`. */
export const isoDay = (day: number): string => {
  let text = texts.get(day);
  if (text === undefined) {
    if (texts.size >= keptTexts) texts.clear();
    text = new Date(day * dayMilliseconds).toISOString().slice(0, 10);
    texts.set(day, text);
  }
  return text;
};

const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/** Milliseconds into a day (less than a day of them) as ISO moment. */
export const momentIn = (day: number, millisecond = 0): string => {
  const seconds = Math.floor(millisecond / 1_000);
  const [hour, minute, second] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const rest = String(millisecond % 1_000).padStart(3, '0');
  return `${isoDay(day)}T${twoDigits[hour]}:${twoDigits[minute]}:${twoDigits[second]}.${rest}Z`;
};

/** Months since the year 0, so that neighbours differ by one. */
export const monthOf = (day: number): number => {
  const date = new Date(day * dayMilliseconds);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};
/** The number of its first day. */
export const firstDayOf = (month: number): number => Date.UTC(Math.floor(month / 12), month % 12, 1) / dayMilliseconds;
export const dayOfMonth = (day: number): number => new Date(day * dayMilliseconds).getUTCDate();
