// Lists and touches from where no tracker was, as somebody posts them who may decide. A line's id derives from all that it says, so
// that a file can be taken in again, or from the middle of it, and nothing counts twice.
import * as z from 'zod';
import { type CrmChange, type CrmChangeCaptured, crmChange } from '../../events/crm-change-captured.v1.ts';
import type { TouchCaptured } from '../../events/touch-captured.v1.ts';
import { changeSent, type TouchSent, touchSent } from '../domain/import/sent.ts';
import { contractId, filled, momentOf, sha256 } from './contract-shapes.ts';
import { fieldProblems } from './field-problems.ts';
import { type FieldProblem, maximumItems, type Reading } from './source.ts';

export interface ImportDelivery {
  /** The body as parsed JSON. */
  document: unknown;
  /** Milliseconds since 1970. */
  now: number;
}

const source = 'import';
const digest = (said: object): string => sha256(JSON.stringify(said)).slice(0, 32);
/** Never after it arrived: the latest wins, and a mistyped year would win for long. */
const happened = (occurredAt: string, now: number): string =>
  momentOf(Math.max(0, Math.min(Date.parse(occurredAt), now)));

const touchLine = (sent: TouchSent, now: number): TouchCaptured => {
  const { id: _, kind, occurredAt, email, title, topic, ...more } = sent;
  const page = filled({ title, topic });
  return {
    type: 'touch-captured.v1',
    id: `${source}:${digest(sent)}`,
    ...{ source, kind, occurredAt: happened(occurredAt, now), receivedAt: momentOf(now), person: { email } },
    ...(page && { page }),
    ...more,
  };
};

export const touchesSent = z.strictObject({ touches: z.array(z.unknown()).min(1) });

export const readTouches = ({ document, now }: ImportDelivery): Reading<TouchCaptured> => {
  const envelope = touchesSent.safeParse(document);
  if (!envelope.success) return { problems: fieldProblems(envelope.error) };
  const { touches: sent } = envelope.data;
  if (sent.length > maximumItems) return { tooMany: sent.length };
  const parsed = sent.map((one) => touchSent.safeParse(one));
  const problems = parsed.flatMap(({ error }, index) => (error ? fieldProblems(error, ['touches', index]) : []));
  return problems.length > 0
    ? { problems }
    : { lines: parsed.flatMap(({ data }) => (data === undefined ? [] : [touchLine(data, now)])) };
};

export const changesSent = z.strictObject({ connection: z.string().max(60), changes: z.array(changeSent).min(1) });

const changeLine = (connection: string, occurredAt: string, change: CrmChange, now: number): CrmChangeCaptured => ({
  type: 'crm-change-captured.v1',
  id: contractId(`${connection}:`, `import.${digest([occurredAt, change])}`),
  source: connection,
  occurredAt: happened(occurredAt, now),
  receivedAt: momentOf(now),
  change,
});

/** Of connections that there are: an external id means something only within one. */
export const readChanges = (
  { document, now }: ImportDelivery,
  connections: readonly string[],
): Reading<CrmChangeCaptured> => {
  const envelope = changesSent.safeParse(document);
  if (!envelope.success) return { problems: fieldProblems(envelope.error) };
  const { connection, changes: sent } = envelope.data;
  if (!connections.includes(connection))
    return { problems: [{ field: 'connection', detail: 'is none of the tenant’s' }] };
  if (sent.length > maximumItems) return { tooMany: sent.length };
  const problems: FieldProblem[] = [];
  const lines: CrmChangeCaptured[] = [];
  sent.forEach(({ occurredAt, ...fields }, index) => {
    const change = crmChange.safeParse(fields);
    if (change.success) lines.push(changeLine(connection, occurredAt, change.data, now));
    else problems.push(...fieldProblems(change.error, ['changes', index]));
  });
  return problems.length > 0 ? { problems } : { lines };
};
