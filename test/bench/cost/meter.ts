// Counts what AWS would put on the bill, by unit and by what it was for.
import { type Unit, usd } from '../prices.ts';

export interface Meter {
  /** Nothing is counted while it is off: what is prepared beforehand is not part of the sample. */
  on: boolean;
  add(unit: Unit, what: string, amount?: number): void;
  total(unit: Unit): number;
  /** Dearest first, in dollars for `scale` times the sample. */
  bill(scale: number): { unit: Unit; what: string; amount: number; usd: number }[];
}

export const createMeter = (): Meter => {
  const counts = new Map<string, { unit: Unit; what: string; amount: number }>();
  return {
    on: true,
    add(unit, what, amount = 1) {
      if (!this.on) return;
      const entry = counts.get(`${unit} ${what}`) ?? { unit, what, amount: 0 };
      entry.amount += amount;
      counts.set(`${unit} ${what}`, entry);
    },
    total: (unit) =>
      [...counts.values()].filter((one) => one.unit === unit).reduce((sum, { amount }) => sum + amount, 0),
    bill: (scale) =>
      [...counts.values()]
        .map((entry) => ({ ...entry, amount: entry.amount * scale, usd: entry.amount * scale * usd[entry.unit] }))
        .sort((a, b) => b.usd - a.usd),
  };
};

const chunkBytes = 65_536;
/** How many requests SQS and EventBridge make of one this large. */
export const chunks = (bytes: number): number => Math.max(1, Math.ceil(bytes / chunkBytes));
