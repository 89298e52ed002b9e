// Lambda entry: tells people.
import { readEnvironment } from '../../lib/adapters/aws/environment.ts';
import { createLog } from '../../lib/adapters/aws/log.ts';

import { createMailer } from '../../lib/adapters/aws/mailer.ts';
import { createTable } from '../../lib/adapters/aws/table.ts';
import { systemClock as clock } from '../../lib/adapters/system-clock.ts';
import { createNotify } from '../../lib/steps/notify.ts';
import { playbookReader } from '../../lib/steps/playbooks.ts';
import { queueHandler } from '../queue-handler.ts';

const env = readEnvironment(['TENANT', 'TABLE_NAME', 'MAIL_FROM']);
const table = createTable(env.TABLE_NAME);
const playbook = playbookReader({ table, clock });
const log = createLog(env.TENANT);

export const handler = queueHandler(createNotify({ table, playbook, clock, log, mailer: createMailer(env.MAIL_FROM) }));
