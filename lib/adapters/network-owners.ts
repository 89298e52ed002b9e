// Network owners in a packed file, read when somebody first asks: most playbooks name none.
import { readFileSync } from 'node:fs';
import { packedOwners } from '../network-owners/packed-owners.ts';
import type { NetworkOwners } from '../ports.ts';

/** `read` answers the packed file's bytes. It runs once, at the first question. */
export const networkOwners = (read: () => Uint8Array): NetworkOwners => {
  let owners: ReturnType<typeof packedOwners> | undefined;
  return {
    ownerOf: (address) => {
      owners ??= packedOwners(read());
      return owners.ownerOf(address);
    },
  };
};

/** In a file beside a function's module. */
export const networkOwnersIn = (file: URL): NetworkOwners => networkOwners(() => readFileSync(file));
