// Time that moves only when told: replay and simulation live by it.
import type { Clock } from '../../ports.ts';

export interface VirtualClock extends Clock {
  /** Moves forward to this moment (milliseconds since 1970); an earlier one leaves the clock where it is. */
  advanceTo(time: number): void;
}

export function createVirtualClock(start: number): VirtualClock {
  let time = start;
  return {
    now: () => time,
    advanceTo(to) {
      if (to > time) time = to;
    },
  };
}

export function isVirtual(clock: Clock): clock is VirtualClock {
  return 'advanceTo' in clock;
}
