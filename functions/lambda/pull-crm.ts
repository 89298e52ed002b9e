// Lambda entry, every hour: asks CRMs what changed.
import { readEnvironment } from '../../lib/adapters/aws/environment.ts';
import { createQueue } from '../../lib/adapters/aws/queue.ts';
import { createPull } from '../pull-crm.ts';
import { crmPorts } from './crm-ports.ts';

const { PROMPT_QUEUE_URL } = readEnvironment(['PROMPT_QUEUE_URL']);
const pull = createPull({ ...crmPorts(), queue: createQueue(PROMPT_QUEUE_URL) });

export const handler = (): Promise<Record<string, number>> => pull();
