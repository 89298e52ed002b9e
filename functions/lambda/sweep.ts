// Lambda entry, every five minutes: finds what is due and what no timer told of.
import { createSweep, type Swept } from '../../lib/steps/sweep/sweep.ts';
import { slaPorts } from './sla-ports.ts';

const sweep = createSweep(slaPorts().ports);

export const handler = (): Promise<Swept> => sweep();
