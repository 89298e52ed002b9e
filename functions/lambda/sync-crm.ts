// Lambda entry: tells CRMs what was judged, and has them do what somebody asked.
import { createToCrm } from '../../lib/steps/sync-crm/to-crm.ts';
import { queueHandler } from '../queue-handler.ts';
import { crmPorts } from './crm-ports.ts';

export const handler = queueHandler(createToCrm(crmPorts()));
