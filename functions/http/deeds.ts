// What a caller changes stands in the audit log before it is done; and who they are stands in it as it was proven, not as they say.
import { type AccessPolicy, defaultAccess } from '../../lib/domain/access.ts';
import type { Deed } from '../../lib/domain/deeds.ts';
import type { Clock, Table } from '../../lib/ports.ts';
import { noteDeed } from '../../lib/steps/audit.ts';
import type { Allowed } from './caller.ts';
import { orUnavailable } from './problem.ts';

export interface DeedPorts {
  table: Pick<Table, 'write'>;
  clock: Clock;
  access?: AccessPolicy | undefined;
}

const textIn = (document: object, field: string): string | undefined => {
  const value = Object.hasOwn(document, field) ? (document as Record<string, unknown>)[field] : undefined;
  return typeof value === 'string' ? value : undefined;
};

/** The body with whoever signed in as the one who decided, whatever it says itself. */
export const saidBy = (document: unknown, { email }: Allowed): unknown =>
  email !== undefined && typeof document === 'object' && document !== null && !Array.isArray(document)
    ? { ...document, by: email }
    : document;

/** Throws 503 where it cannot be kept: nothing is done that is not in the log. */
export const note = (
  { table, clock, access = defaultAccess }: DeedPorts,
  { who, via }: Pick<Allowed, 'who' | 'via'> | Pick<Deed, 'who' | 'via'>,
  deed: Pick<Deed, 'id' | 'what' | 'about' | 'lines'>,
  /** The body: of a service's the one it names, and by which what is sent again is told from what is not. */
  document?: unknown,
): Promise<void> => {
  const named =
    via === 'token' && typeof document === 'object' && document !== null ? textIn(document, 'by') : undefined;
  const at = new Date(clock.now()).toISOString();
  return orUnavailable(
    noteDeed(
      { table, auditDays: access.auditDays },
      { ...deed, at, who, via, ...(named !== undefined && { saidBy: named.slice(0, 200) }) },
      document,
    ),
  );
};
