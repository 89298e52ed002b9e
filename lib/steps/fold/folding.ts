// What every part of a fold needs: where to write, by which playbook, and when it is.
import type { Playbook } from '../../domain/playbook/playbook.ts';
import type { Table } from '../../ports.ts';

export interface Folding {
  table: Table;
  playbook: Playbook;
  /** ISO moment, for the events that follow. */
  now: string;
}
