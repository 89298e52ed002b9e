// What runs every five minutes: takes what is due and what nothing else told of.
import { sweptKey } from '../../table/keys.ts';
import { createSlaSweep, type SlaPorts } from '../sla.ts';
import { createWakeUpSweep } from '../wake-ups.ts';
import { createDueSweep } from './due-assessments.ts';
import { createHeldNoticeSweep } from './held-notices.ts';
import { createHeldRequestSweep } from './held-requests.ts';
import { createHeldSweep } from './held-writes.ts';
import { createPlaybookRollout } from './playbook-rollout.ts';

/** How much it found of each. */
export interface Swept {
  clocks: number;
  due: number;
  playbook: number;
  held: number;
  wakeUps: number;
  requests: number;
  notices: number;
}

/** One that fails holds up no other; then the sweep has failed, and the next finds the same work. */
export const createSweep = (ports: SlaPorts): (() => Promise<Swept>) => {
  const parts = [
    createSlaSweep(ports),
    createDueSweep(ports),
    createPlaybookRollout(ports),
    createHeldSweep(ports),
    createWakeUpSweep(ports),
    createHeldRequestSweep(ports),
    createHeldNoticeSweep(ports),
  ];
  return async () => {
    const results = await Promise.allSettled(parts.map((part) => part()));
    const failure = results.find(({ status }) => status === 'rejected');
    if (failure?.status === 'rejected') throw failure.reason;
    const [clocks = 0, due = 0, playbook = 0, held = 0, wakeUps = 0, requests = 0, notices = 0] = results.map(
      (result) => ('value' in result ? result.value : 0),
    );
    const found = { clocks, due, playbook, held, wakeUps, requests, notices };
    const swept = { ...sweptKey, type: 'swept', version: 1, at: new Date(ports.clock.now()).toISOString(), found };
    await ports.table.write({ put: swept, condition: { if: 'always' } });
    ports.meter?.record({ SweepRan: 1 });
    return found;
  };
};
