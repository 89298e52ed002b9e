// Every alarm of a tenant, in the order of its runbook.
import { ofApiAndTable, ofFunctions } from './of-functions.ts';
import { ofQueues } from './of-queues.ts';
import { ofMails, ofWork } from './of-work.ts';
import type { AlarmRow, Watched } from './row.ts';

export const alarmsOf = (watched: Watched): AlarmRow[] => [
  ...ofQueues(watched),
  ...ofWork(watched),
  ...ofFunctions(watched),
  ...ofApiAndTable(watched),
  ...ofMails(watched),
];
