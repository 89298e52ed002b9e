// What every part of a fold needs: where to write, by which playbook, and when it is.
import type { Playbook } from '../../domain/playbook/playbook.ts';
import type { Retention } from '../../domain/retention.ts';
import type { NetworkOwners, Table } from '../../ports.ts';

export interface Folding {
  table: Table;
  playbook: Playbook;
  /** ISO moment, for the events that follow. */
  now: string;
  /** Whose network an address is in; without it only the playbook's ranges tell. */
  owners?: NetworkOwners | undefined;
  /** Without it nothing ever grows too old. */
  retention?: Retention | undefined;
}
