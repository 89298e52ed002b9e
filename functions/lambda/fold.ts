// Lambda entry: folds what was captured into the table.
import { readEnvironment } from '../../lib/adapters/aws/environment.ts';
import { createLog } from '../../lib/adapters/aws/log.ts';
import { createMeter } from '../../lib/adapters/aws/meter.ts';
import { createTable } from '../../lib/adapters/aws/table.ts';
import { networkOwnersIn } from '../../lib/adapters/network-owners.ts';
import { systemClock as clock } from '../../lib/adapters/system-clock.ts';
import { createFold } from '../../lib/steps/fold/fold.ts';
import { playbookReader } from '../../lib/steps/playbooks.ts';
import { queueHandler } from '../queue-handler.ts';

const env = readEnvironment(['TENANT', 'TABLE_NAME', 'RETENTION']);
const table = createTable(env.TABLE_NAME);
const playbook = playbookReader({ table, clock });
const log = createLog(env.TENANT);
const meter = createMeter(env.TENANT);
const owners = networkOwnersIn(new URL('network-owners.bin', import.meta.url));
const ports = { table, playbook, clock, log, meter, owners, retention: env.RETENTION };

export const handler = queueHandler(createFold(ports));
