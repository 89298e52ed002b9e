// Whether an account is surging: whether this week is more than chance makes of the account's own earlier weeks.
//
// What is counted is person-days: a person counts once a day, so that one loud person, or one visit of 40 pages, is one. A
// window of 7 days holds every weekday once. Against the earlier weeks it is put to the exact conditional test of two
// Poisson rates (Przyborowski & Wilenski, Biometrika 31, 1940, one-sided): if nothing has changed, this week's x of all
// x + B person-days are Binomial(x + B, 1 / (K + 1)) with K earlier weeks that hold B.
//
// Person-days come in bursts, so the test is of x/φ and B/φ, φ being variance over mean as in quasi-Poisson models. What φ
// is comes from three sources, because 8 weeks by themselves know it badly (7 degrees of freedom), and no weeks not at all:
// - this week's loudness, the mean number of days of a person, weighed by person-days: in traffic where people come
//   independently of each other that is φ. It also takes the week of one loud person for what it is.
// - `weeklyVariation`: all people of an account share good and bad weeks, which no large account's Poisson noise shows.
// - the earlier weeks' own variance over mean (Pearson's statistic). It weighs as many weeks as there are but one, and no
//   more than person-days were seen: nobody in 8 weeks says nothing of bursts. The other two weigh `priorWeeks` together.
//
// Measured by the last test of `test/domain/scoring/surge.test.ts`, seed 20261122: weeks that vary by 35 % (gamma-Poisson), few
// at weekends, people who come on 1.9 days on average; significance 0.001, 8 weeks. Found is within four weeks of tripling.
//
//     person-days a week             1      3     10     30    100
//     false alarms an account-year   0.03   0.16   0.18   0.14   0.12
//     found                          11 %   28 %   67 %   83 %   86 %
//     days it took, on average       12     11      9      8      7

/** From the playbook. */
export interface SurgeSettings {
  /** Earlier weeks compared with, as far as the account is as old. */
  weeks: number;
  /** Whole weeks of history before anything can be called a surge: the first weeks of an account are all growth. */
  minimumWeeks: number;
  /** In 7 days; likewise people. */
  minimumPersonDays: number;
  minimumPeople: number;
  /** The chance, day by day, that a steady account is called surging. */
  significance: number;
}

/** The days of an account on which somebody was active, ascending: whole UTC days since 1970, with the ids of that day's
 * distinct people, anonymous visitors included. */
export type ActiveDays = readonly (readonly [day: number, people: readonly string[]])[];

/** `since` identifies a surge of an account as long as no late fact moves its beginning. */
export interface Surge {
  /** The day it began. */
  since: number;
  /** The first day on which it is over, if nothing more happens. */
  endsAt: number;
  /** In the 7 days up to the last day that spoke for it; likewise people and the p-value. */
  personDays: number;
  people: number;
  /** A week's, over the earlier weeks without the extraordinary ones, to one decimal. */
  usualPersonDays: number;
  /** To two digits, which every machine's logarithms agree on. 0 where a double holds none so small. */
  pValue: number;
}

const weekDays = 7;
/** For how long an ended surge is still told. */
const rememberedDays = 90;
/** With 8, there were a quarter more false alarms, and 1 to 4 % more of the surges were found. */
const priorWeeks = 12;
/** Variance over squared mean of what all people of an account share from week to week: 0.35². A large account thus
 * has to about double before it surges. */
const weeklyVariation = 1 / 8;

/** This week and the earlier ones it is compared with. */
interface Comparison {
  personDays: number;
  /** How many earlier weeks, and their person-days. */
  weeks: number;
  earlier: number;
  /** The earlier weeks' variance over mean, 1 for Poisson. */
  variance: number;
}

/** ln Γ for z > 0 by Stirling's series, to 10⁻⁸ from 10 upwards, and shifted there. */
const lnGamma = (z: number): number => {
  let [at, shift] = [z, 1];
  while (at < 10) shift *= at++;
  return (
    (at - 0.5) * Math.log(at) - at + Math.log(2 * Math.PI) / 2 + 1 / (12 * at) - 1 / (360 * at ** 3) - Math.log(shift)
  );
};

/** P(X ≥ x) for X ~ Binomial(x + earlier, 1 / (weeks + 1)), as the incomplete beta function I(x, earlier + 1), which has it
 * for fractions too. Rounding them instead lets a larger φ look more significant than a smaller one. The series has only
 * positive terms (DLMF 8.17.8), so nothing cancels. */
const binomialTail = (x: number, earlier: number, weeks: number): number => {
  const n = x + earlier + 1;
  const logTerm = lnGamma(n) - lnGamma(x + 1) - lnGamma(earlier + 1);
  let term = Math.exp(logTerm + (earlier + 1) * Math.log(weeks) - n * Math.log(weeks + 1));
  let sum = term;
  for (let step = 1; term > sum * 1e-9; step++) {
    term *= (n + step - 1) / (x + step) / (weeks + 1);
    sum += term;
  }
  return sum;
};

/** Rises with loudness, which lies between 1 (nobody came on two days) and 7. */
const pValueOf = ({ personDays, weeks, earlier, variance }: Comparison, loudness: number): number => {
  const ownWeeks = Math.min(weeks - 1, earlier);
  const prior = loudness + weeklyVariation * (earlier / weeks);
  const dispersion = Math.max(1, (priorWeeks * prior + ownWeeks * variance) / (priorWeeks + ownWeeks));
  return binomialTail(personDays / dispersion, earlier / dispersion, weeks);
};

/** Person-days from the account's first day up to each day, a place a day: a week is one subtraction. */
const runningTotals = (days: ActiveDays, last: number): Float64Array => {
  const first = days[0]![0];
  const totals = new Float64Array(days[last]![0] - first + 1);
  let at = 0;
  for (let day = 0; day < totals.length; day++) {
    totals[day] = day === 0 ? 0 : totals[day - 1]!;
    if (days[at]![0] === first + day) totals[day]! += days[at++]![1].length;
  }
  return totals;
};

/** Weeks of an earlier surge would hide the next one for two months, by their mean and more so by their variance. So weeks
 * far above the median are left out, as if they had not been; a level kept for most of the weeks moves the median and
 * is the new usual. The 4 keep the chance crowds of small accounts in: with 2, false alarms at 3 a week were 1.7 times as many. */
const mostOrdinary = (ascending: Float64Array): number => {
  const middle = (ascending.length - 1) / 2;
  return ascending[Math.floor(middle)]! + ascending[Math.ceil(middle)]! + 4;
};

/** The 7 days up to `day`, counted from the account's first, with the earlier weeks. Undefined where there is too little
 * history, too little activity, or no more than usual. */
const comparisonOn = (totals: Float64Array, day: number, settings: SurgeSettings): Comparison | undefined => {
  const history = Math.floor((day + 1) / weekDays) - 1;
  if (history < settings.minimumWeeks) return undefined;
  const until = (weeksAgo: number): number => totals[day - weeksAgo * weekDays] ?? 0;
  const personDays = until(0) - until(1);
  if (personDays < settings.minimumPersonDays) return undefined;
  const all = new Float64Array(Math.min(settings.weeks, history));
  for (let week = 0; week < all.length; week++) all[week] = until(week + 1) - until(week + 2);
  // Half of a steady account's days end here, before anything is sorted.
  if (all.every((each) => each >= personDays)) return undefined;
  const most = mostOrdinary(all.sort());
  let [weeks, earlier, squares] = [0, 0, 0];
  for (; weeks < all.length && all[weeks]! <= most; weeks++) {
    earlier += all[weeks]!;
    squares += all[weeks]! ** 2;
  }
  const mean = earlier / weeks;
  if (personDays <= mean) return undefined;
  const variance = earlier === 0 || weeks === 1 ? 1 : (squares / mean - earlier) / (weeks - 1);
  return { personDays, weeks, earlier, variance };
};

/** On how many of the 7 days up to the day at `index` each person was active. */
const activeDaysByPerson = (days: ActiveDays, index: number): Map<string, number> => {
  const byPerson = new Map<string, number>();
  for (let at = index; at >= 0 && days[at]![0] > days[index]![0] - weekDays; at--) {
    for (const person of days[at]![1]) byPerson.set(person, (byPerson.get(person) ?? 0) + 1);
  }
  return byPerson;
};

const loudnessOf = (byPerson: Map<string, number>): number => {
  let [personDays, squares] = [0, 0];
  for (const count of byPerson.values()) {
    personDays += count;
    squares += count ** 2;
  }
  return squares / personDays;
};

/** Whether the day at `index` speaks for a surge. Only days with somebody are asked: time alone never starts one. Most are
 * decided by the p-values at the least and the greatest loudness, since to look at each person costs 50 times as much. */
const isTrigger = (days: ActiveDays, totals: Float64Array, index: number, settings: SurgeSettings): boolean => {
  const comparison = comparisonOn(totals, days[index]![0] - days[0]![0], settings);
  if (comparison === undefined || pValueOf(comparison, 1) > settings.significance) return false;
  const isCrowd = days[index]![1].length >= settings.minimumPeople;
  if (isCrowd && pValueOf(comparison, weekDays) <= settings.significance) return true;
  const byPerson = activeDaysByPerson(days, index);
  return byPerson.size >= settings.minimumPeople && pValueOf(comparison, loudnessOf(byPerson)) <= settings.significance;
};

/** Whether any of the days after `earliest` can have had enough in its week: what a quiet account is decided by. */
const isQuiet = (days: ActiveDays, last: number, earliest: number, { minimumPersonDays }: SurgeSettings): boolean => {
  let personDays = 0;
  let from = last;
  for (let at = last; at >= 0 && days[at]![0] >= earliest; at--) {
    while (from >= 0 && days[from]![0] > days[at]![0] - weekDays) personDays += days[from--]![1].length;
    if (personDays >= minimumPersonDays) return false;
    personDays -= days[at]![1].length;
  }
  return true;
};

/** The surge that stands on `today`, or the last one that ended in the 90 days before; days after `today` are not looked at.
 * A surge stands while one of the last 7 days speaks for it. One that does on the very day it would have been over goes
 * on with it, so that a crowd every Monday is one surge, not one a week. */
export const findSurge = (days: ActiveDays, today: number, settings: SurgeSettings): Surge | undefined => {
  const earliest = today - rememberedDays - weekDays;
  let last = days.length - 1;
  while (last >= 0 && days[last]![0] > today) last--;
  if (isQuiet(days, last, earliest, settings)) return undefined;
  const totals = runningTotals(days, last);
  while (last >= 0 && days[last]![0] >= earliest && !isTrigger(days, totals, last, settings)) last--;
  if (last < 0 || days[last]![0] < earliest) return undefined;
  let since = days[last]![0];
  for (let at = last - 1; at >= 0 && days[at]![0] >= since - weekDays; at--) {
    if (isTrigger(days, totals, at, settings)) since = days[at]![0];
  }
  const comparison = comparisonOn(totals, days[last]![0] - days[0]![0], settings)!;
  const byPerson = activeDaysByPerson(days, last);
  return {
    since,
    endsAt: days[last]![0] + weekDays,
    personDays: comparison.personDays,
    people: byPerson.size,
    usualPersonDays: Math.round((comparison.earlier / comparison.weeks) * 10) / 10,
    pValue: Number(pValueOf(comparison, loudnessOf(byPerson)).toPrecision(2)),
  };
};
