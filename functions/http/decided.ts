// What reading a decision needs, and what it comes to.
import type { Captured } from '../../events/catalogue.ts';
import type { Scope } from '../../lib/domain/access.ts';
import type { Deed } from '../../lib/domain/deeds.ts';
import type { Clock, Table } from '../../lib/ports.ts';
import type { FieldProblem } from '../../lib/sources/source.ts';
import type { PlaybookReader } from '../../lib/steps/playbooks.ts';

export interface DecisionPorts {
  table: Table;
  playbook: PlaybookReader;
  clock: Clock;
}

interface Sent {
  /** The body as parsed JSON. */
  document: unknown;
  requestId: string;
  /** Whose leads the caller may decide about. */
  scope: Scope;
}
interface Decided {
  lines: readonly Captured[];
  deed: Pick<Deed, 'what' | 'about'>;
  /** What is not remembered of it although nobody said so, and why. */
  notRemembered?: readonly FieldProblem[] | undefined;
}
export type Read = (ports: DecisionPorts, sent: Sent) => Promise<Decided>;

export const nothing: Decided['deed'] = { what: 'lead.nothing', about: [] };
