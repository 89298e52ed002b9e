// Lambda entry: tells CRMs what was judged.
import { createSyncCrm } from '../../lib/steps/sync-crm/sync-crm.ts';
import { queueHandler } from '../queue-handler.ts';
import { crmPorts } from './crm-ports.ts';

export const handler = queueHandler(createSyncCrm(crmPorts()));
