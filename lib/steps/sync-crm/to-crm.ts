// What is on the queue to the CRMs: events after which they are told what was judged, and what somebody asked of them.
import type { Consumer } from '../../ports.ts';
import { createCarryOut, isOfRequest } from './carry-out.ts';
import { createSyncCrm, type SyncPorts } from './sync-crm.ts';

export const createToCrm = (ports: SyncPorts): Consumer => {
  const [carryOut, tell] = [createCarryOut(ports), createSyncCrm(ports)];
  return async (messages) => {
    const { true: asked = [], false: judged = [] } = Object.groupBy(messages, (one) => `${isOfRequest(one)}`);
    const done = await Promise.all([carryOut(asked), tell(judged)]);
    return { failed: done.flatMap(({ failed }) => failed) };
  };
};
