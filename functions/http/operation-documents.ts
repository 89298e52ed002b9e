// What those who operate a tenant look at, by its address after `/operations/`. Ids, kinds and counts only: nothing here shows a person.
import type { Permission } from '../../lib/domain/access.ts';
import { redrivenQueues } from '../../lib/domain/operations.ts';
import type { DeadLetters, Scan } from '../../lib/mending.ts';
import type { Clock, Table } from '../../lib/ports.ts';
import { readAudit } from '../../lib/steps/audit.ts';
import { readDeadLetters } from '../../lib/steps/read-dead-letters.ts';
import { readOperation } from '../../lib/steps/read-operation.ts';
import { readQuarantine } from '../../lib/steps/read-quarantine.ts';
import { readStatus } from '../../lib/steps/read-status.ts';
import { Problem } from './problem.ts';

export interface OperationDocumentPorts {
  table: Table & Scan;
  deadLetters: DeadLetters;
  clock: Clock;
  /** Where the numbers are kept in memory; on AWS CloudWatch has them. */
  metrics?: (() => object) | undefined;
}

type Read = (ports: OperationDocumentPorts, query: URLSearchParams) => Promise<object>;

const queueNamed = (name: string | null) => {
  const queue = redrivenQueues.find((one) => one === name);
  if (name === null || queue !== undefined) return queue;
  throw new Problem(400, 'The parameter queue cannot be accepted', {
    errors: [{ field: 'queue', detail: `is one of ${redrivenQueues.join(', ')}` }],
  });
};

const audit: Read = async ({ table, clock }, query) => {
  const asked = { from: query.get('from'), to: query.get('to'), cursor: query.get('cursor') };
  const page = await readAudit(table, asked, new Date(clock.now()).toISOString());
  if (page !== undefined) return page;
  throw new Problem(
    400,
    'from and to are days such as 2026-11-22, in their order and at most 31; the cursor is a page’s next',
  );
};

const metrics: Read = async (ports) => {
  if (ports.metrics !== undefined) return ports.metrics();
  throw new Problem(404, 'CloudWatch has the metrics of this tenant, in the namespace Muster');
};

const documents: Readonly<Record<string, Read>> = {
  audit,
  'dead-letters': ({ deadLetters }, query) => readDeadLetters(deadLetters, queueNamed(query.get('queue'))),
  metrics,
  status: (ports) => readStatus(ports),
  quarantine: ({ table }, query) => readQuarantine(table, query.get('after') ?? undefined),
};

/** Everything there is after `/operations/`. */
export const operationPlaces = [...Object.keys(documents), '{id}'];
export const operationPermission = (path: string): Permission => (path === 'audit' ? 'audit' : 'operate');

/** Throws 404 where nothing is. */
export const operationDocumentAt = async (
  ports: OperationDocumentPorts,
  path: string,
  query: URLSearchParams,
): Promise<object> => {
  if (Object.hasOwn(documents, path)) return documents[path]!(ports, query);
  const operation = /^op_[0-9a-f]{1,40}$/.test(path) ? await readOperation(ports.table, path) : undefined;
  if (operation !== undefined) return operation;
  throw new Problem(404, path.startsWith('op_') ? 'There is no such operation' : 'There is no such address');
};
