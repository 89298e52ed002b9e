// What runs every hour: asks the CRMs what changed, by their own sources' reading.
import { readListed } from '../lib/sources/pulled-records.ts';
import { createPullCrm, type PullPorts } from '../lib/steps/pull-crm/pull-crm.ts';

export const createPull = (ports: Omit<PullPorts, 'readRecords'>) =>
  createPullCrm({
    ...ports,
    readRecords: (source, object, records, mapping) =>
      readListed(records, { source, object, mapping, connection: ports.connections[source]!, now: ports.clock.now() }),
  });
