// Sends dead letters again. Those that die anew while it runs stay dead: each is sent once.
import type { AskedOf } from '../../domain/operations.ts';
import { redriveStream } from './redrive-stream.ts';
import { adding, type RunSlice } from './slice.ts';

/** SQS takes them ten at a time: some 2 s. */
const atOnce = 200;

export const redrive: RunSlice<AskedOf<'redrive'>> = async (ports, running) => {
  const { asked, at, report } = running;
  const { queue, ids } = asked;
  if (!ports.deadLetters.queues.includes(queue))
    return { done: true, report: adding(report, { redriven: 0 }, [`this tenant has no queue ${queue}`]) };
  if (queue === 'publish') return redriveStream(ports, running);
  const sent = await ports.deadLetters.redrive(queue, { before: at, ids, limit: atOnce });
  const soFar = adding(report, { redriven: sent });
  const asMany = ids !== undefined && (soFar.counts.redriven ?? 0) >= ids.length;
  if (sent > 0 && !asMany) return { done: false, progress: null, report: soFar };
  const missing = ids === undefined ? 0 : ids.length - (soFar.counts.redriven ?? 0);
  return { done: true, report: missing > 0 ? adding(soFar, { notFound: missing }) : soFar };
};
