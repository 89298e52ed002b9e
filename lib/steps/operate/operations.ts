// Each operation by its name, and what runs a slice of it.
import type { AskedOf, Operation, OperationName } from '../../domain/operations.ts';
import { backup } from './backup.ts';
import { drop } from './drop.ts';
import { redrive } from './redrive.ts';
import type { OperatePorts, RunSlice, Slice } from './slice.ts';

type Operations = { readonly [Name in OperationName]?: RunSlice<AskedOf<Name>> };

/** Seldom asked for, and they know of everything: loaded when one is. */
const operations: Operations = {
  ...{ redrive, drop, backup },
  release: async (...given) => (await import('./release.ts')).release(...given),
  rebuild: async (...given) => (await import('./rebuild.ts')).rebuild(...given),
  'erase-person': async (...given) => (await import('./erase-person.ts')).erasePerson(...given),
};

/** Undefined where nothing of that name is done here. */
export const runSlice = (ports: OperatePorts, operation: Operation): Promise<Slice> | undefined => {
  const { asked, operationId, by, why, at, progress, report } = operation;
  const run = operations[asked.operation] as RunSlice<typeof asked> | undefined;
  return run?.(ports, { asked, operationId, by, why, at, progress, report });
};
