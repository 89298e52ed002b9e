// Waiting for what happens elsewhere: looks again until it is there or the time is over, and then says what was missing.
import { setTimeout as wait } from 'node:timers/promises';

export interface Waiting {
  /** What is waited for, in the error's words. */
  what: string;
  withinMs: number;
  /** 50 unless told. */
  lookEveryMs?: number | undefined;
  /** Says in the error what may have gone wrong. */
  diagnosis?: () => string;
}

/** The first answer of `look` that is not undefined. What it throws is thrown. */
export const eventually = async <Found>(
  { what, withinMs, lookEveryMs = 50, diagnosis }: Waiting,
  look: () => Promise<Found | undefined> | Found | undefined,
): Promise<Found> => {
  const until = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > until) throw new Error(`not within ${withinMs / 1000} s: ${what}\n${diagnosis?.() ?? ''}`);
    await wait(lookEveryMs);
  }
};

/** Sees to it until that moment (ms since 1970) that nothing breaks the rule; `check` throws where something does. */
export const until = async (moment: number, check: () => Promise<void>): Promise<void> => {
  do {
    await check();
    await wait(250);
  } while (Date.now() < moment);
  await check();
};
