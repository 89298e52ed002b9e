// Makes dollars of what was counted.
import { type Unit, usd } from '../../../infra/prices.ts';
import type { Entry, Meter } from './meter.ts';

export type Bill = readonly Entry[];

/** For `scale` times the sample. */
export const billOf = (meter: Meter, scale: number): Bill =>
  meter.entries().map((entry) => ({ ...entry, amount: entry.amount * scale }));

/** `share` of the one and the rest of the other. */
export const mix = (one: Bill, other: Bill, share: number): Bill => [
  ...one.map((entry) => ({ ...entry, amount: entry.amount * share })),
  ...other.map((entry) => ({ ...entry, amount: entry.amount * (1 - share) })),
];

const costOf = ({ unit, amount }: Entry): number => amount * usd[unit];
const sumOf = (entries: Bill): number => Number(entries.reduce((sum, entry) => sum + costOf(entry), 0).toFixed(3));

export const perUnit = (bill: Bill): Record<Unit, number> =>
  Object.fromEntries(
    (Object.keys(usd) as Unit[]).map((unit) => [unit, sumOf(bill.filter((entry) => entry.unit === unit))]),
  ) as Record<Unit, number>;

/** E-mail is as dear as all the rest together and the same whoever sends it, so it is told apart. */
export const withoutMail = (bill: Bill): number => sumOf(bill.filter(({ unit }) => unit !== 'sesMessages'));

/** Where the money goes, dearest first, on standard error. */
export const tell = (title: string, bill: Bill): void => {
  console.error(`\n${title}: ${withoutMail(bill)} $ without e-mail`);
  for (const entry of bill.toSorted((a, b) => costOf(b) - costOf(a))) {
    const { unit, what, amount } = entry;
    if (costOf(entry) >= 0.002)
      console.error(`${costOf(entry).toFixed(3).padStart(9)} $ ${amount.toFixed(2).padStart(13)} ${unit} ${what}`);
  }
};
