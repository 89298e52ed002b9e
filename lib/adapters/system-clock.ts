// The machine's clock, behind the port: for every edition that lives in real time.
import type { Clock } from '../ports.ts';

export const systemClock: Clock = { now: () => Date.now() };
