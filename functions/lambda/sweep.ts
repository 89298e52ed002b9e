// Lambda entry, every five minutes: finds clocks whose timer never fired.
import { createSweep } from '../../lib/steps/sla.ts';
import { slaPorts } from './sla-ports.ts';

const sweep = createSweep(slaPorts().ports);

export const handler = async (): Promise<{ found: number }> => ({ found: await sweep() });
