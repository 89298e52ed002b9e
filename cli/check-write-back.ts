// Refuses what would go in circles, before anything is started, deployed or saved: only here the tenant's file and the playbook meet.
import type { Connection } from '../lib/domain/connection.ts';
import type { Playbook } from '../lib/domain/playbook/playbook.ts';
import { writeBackLoops } from '../lib/sources/write-back-loops.ts';
import { CommandError } from './command-error.ts';

/** Throws CommandError with every property that is both written and read. */
export const checkWriteBack = (connections: Readonly<Record<string, Connection>>, playbook: Playbook): void => {
  const loops = writeBackLoops(connections, playbook);
  if (loops.length === 0) return;
  const lines = loops.map(
    ({ connection, object, what, property }) =>
      `crm.${connection}.writeBack.${object}.${what} writes to ${property}, which is also read of ${object === 'person' ? 'a person' : 'an account'}: what Muster writes would come back as what the CRM says.`,
  );
  throw new CommandError(
    `${lines.join('\n')}\nWrite to a property of its own, or take it out of crm.<connection>.fields in the playbook.`,
  );
};
