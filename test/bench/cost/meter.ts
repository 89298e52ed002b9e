// Counts what AWS would put on the bill, by unit and by what it was for.
import type { Unit } from '../../../infra/prices.ts';

export interface Entry {
  unit: Unit;
  what: string;
  amount: number;
}

export interface Meter {
  /** Nothing is counted while it is off: what is prepared beforehand is not part of the sample. */
  on: boolean;
  add(unit: Unit, what: string, amount?: number): void;
  entries(): Entry[];
}

export const createMeter = (): Meter => {
  const counts = new Map<string, Entry>();
  return {
    on: true,
    add(unit, what, amount = 1) {
      if (!this.on) return;
      const entry = counts.get(`${unit} ${what}`) ?? { unit, what, amount: 0 };
      entry.amount += amount;
      counts.set(`${unit} ${what}`, entry);
    },
    entries: () => [...counts.values()],
  };
};

const chunkBytes = 65_536;
/** How many requests SQS and EventBridge make of one this large. */
export const chunks = (bytes: number): number => Math.max(1, Math.ceil(bytes / chunkBytes));
