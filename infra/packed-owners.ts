// Puts the network owners beside the module of each function that looks them up: a file of 2.3 MB, which is no code to parse and
// is not read before somebody asks.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packedNetworkOwners } from '../lib/adapters/network-owners-package.ts';

/** Functions whose module asks for `network-owners.bin` beside it. */
export const withNetworkOwners = ['fold'] as const;

/** `out` holds a folder for each function, as `bundle` leaves it. */
export const packOwnersInto = (out: string): void => {
  const bytes = packedNetworkOwners();
  for (const name of withNetworkOwners) writeFileSync(join(out, name, 'network-owners.bin'), bytes);
};
