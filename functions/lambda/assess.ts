// Lambda entry: judges accounts whose facts changed.
import { readEnvironment } from '../../lib/adapters/aws/environment.ts';
import { createLog } from '../../lib/adapters/aws/log.ts';
import { createMeter } from '../../lib/adapters/aws/meter.ts';

import { createTable } from '../../lib/adapters/aws/table.ts';
import { systemClock as clock } from '../../lib/adapters/system-clock.ts';
import { createAssess } from '../../lib/steps/assess.ts';
import { playbookReader } from '../../lib/steps/playbooks.ts';
import { queueHandler } from '../queue-handler.ts';

const env = readEnvironment(['TENANT', 'TABLE_NAME', 'WRITES_BACK']);
const table = createTable(env.TABLE_NAME);
const playbook = playbookReader({ table, clock });
const log = createLog(env.TENANT);
const meter = createMeter(env.TENANT);

export const handler = queueHandler(createAssess({ table, playbook, clock, log, meter, tellsCrm: env.WRITES_BACK }));
