// Salesforce's Change Data Capture, as Event Relay puts it on EventBridge: one event a change, with what changed. Nothing signs
// it: only Salesforce can put events on the partner event bus (developer.salesforce.com, "Change Data Capture", "Event Relay").
import * as z from 'zod';
import type { CrmChangeCaptured } from '../../events/crm-change-captured.v1.ts';
import type { Connection } from '../domain/connection.ts';
import type { CrmMapping } from '../domain/playbook/crm.ts';
import { fieldProblems } from './field-problems.ts';
import { type Fields, fieldName, fieldsOf } from './salesforce/fields.ts';
import { lineOf } from './salesforce/line.ts';
import { isOurs } from './salesforce/our-client.ts';
import { recordId } from './salesforce/record-id.ts';
import type { FieldProblem, Unread } from './source.ts';

const names = z.array(z.string()).default([]);
const header = z.object({
  entityName: z.string(),
  changeType: z.string(),
  recordIds: z.array(z.string()).min(1),
  transactionKey: z.string().min(1),
  sequenceNumber: z.number(),
  commitTimestamp: z.number(),
  commitUser: z.string().optional(),
  /** Which of Salesforce's programming interfaces made the change, and `client=` which program by its own word. */
  changeOrigin: z.string().optional(),
  changedFields: names,
  nulledFields: names,
  diffFields: names,
});
type ChangeEventHeader = z.infer<typeof header>;

const payload = z.looseObject({ ChangeEventHeader: header });
/** Event Relay has it in `payload`; other ways out of Salesforce wrap that in `data`, or have it bare. */
const changeEvent = z.union([
  z.object({ payload }).transform((event) => event.payload),
  z.object({ data: z.object({ payload }) }).transform((event) => event.data.payload),
  payload,
]);

const onPartnerBus = z
  .string()
  .transform((body, context): unknown => {
    try {
      return JSON.parse(body);
    } catch {
      context.addIssue('must be JSON');
      return z.NEVER;
    }
  })
  .pipe(z.object({ source: z.string(), detail: z.unknown() }));

/** Whose an event of a partner event bus is, by the bus; undefined if it is no event, or of no connection's bus. */
export const relayedEvent = (
  body: string,
  connections: Readonly<Record<string, Connection>>,
): { source: string; detail: unknown } | undefined => {
  const event = onPartnerBus.safeParse(body).data;
  if (event === undefined) return undefined;
  const ofBus = ([, one]: [string, Connection]) => one.kind === 'salesforce' && one.eventSource === event.source;
  const [source] = Object.entries(connections).find(ofBus) ?? [];
  return source === undefined ? undefined : { source, detail: event.detail };
};

/** Who made a change and by what means, so that what we wrote ourselves can be told when it comes back. */
export const changeOriginOf = (detail: unknown): Pick<ChangeEventHeader, 'commitUser' | 'changeOrigin'> | undefined => {
  const parsed = changeEvent.safeParse(detail);
  if (!parsed.success) return undefined;
  const { commitUser, changeOrigin } = parsed.data.ChangeEventHeader;
  return { commitUser, changeOrigin };
};

/** An update also has fields that did not change: those sent along for good measure have a value, all others null. */
const fieldsSaid = (event: z.infer<typeof payload>, { changedFields, nulledFields, diffFields }: ChangeEventHeader) => {
  const emptied = new Set([...changedFields, ...nulledFields].flatMap((name) => [name, fieldName(name)]));
  const said: [string, string | number | boolean | null][] = nulledFields.map((name) => [fieldName(name), null]);
  const unsaid = new Set(diffFields.map(fieldName));
  for (const [name, value] of fieldsOf(event)) {
    if (!unsaid.has(name) && (value !== null || emptied.has(name))) said.push([name, value]);
  }
  return new Map(said) satisfies Fields;
};

const deletedBy: Readonly<Record<string, { deleted: boolean | undefined }>> = {
  CREATE: { deleted: undefined },
  UPDATE: { deleted: undefined },
  DELETE: { deleted: true },
  UNDELETE: { deleted: false },
};

type ChangeReading = { lines: CrmChangeCaptured[]; unread: Unread[] } | { problems: FieldProblem[] };

/** `detail` is an EventBridge event's. Gaps say that something changed and not what: the next reconciliation brings it. */
export const readChangeEvent = (
  detail: unknown,
  { source, now, mapping }: { source: string; now: number; mapping: CrmMapping },
): ChangeReading => {
  const parsed = changeEvent.safeParse(detail);
  if (!parsed.success) return { problems: fieldProblems(parsed.error) };
  const { ChangeEventHeader: head } = parsed.data;
  const { entityName, changeType, recordIds, transactionKey, sequenceNumber } = head;
  const what = `${/^\w{1,80}$/.test(entityName) ? entityName : 'an object'} ${/^[A-Z_]{1,40}$/.test(changeType) ? changeType : ''}`;
  if (changeType.startsWith('GAP_')) {
    return { lines: [], unread: [{ what, why: 'a gap: what changed is not said, and is to be reconciled' }] };
  }
  const kind = Object.hasOwn(deletedBy, changeType) ? deletedBy[changeType] : undefined;
  if (kind === undefined) return { lines: [], unread: [{ what, why: 'changes of this kind mean nothing here' }] };
  const fields = fieldsSaid(parsed.data, head);
  const changed = changeType === 'UPDATE' ? new Set(head.changedFields.map(fieldName)) : undefined;
  const readings = recordIds.map((given) => {
    const id = recordId(given);
    // A field's type was changed for all records at once: `001*` stands for every account.
    if (id === undefined) return { lines: [], unread: [{ what, why: 'no record is named: it is to be reconciled' }] };
    const record = { sObject: entityName, id, fields, changed, ...kind };
    const report = { source, id: `${transactionKey}.${sequenceNumber}.${id}`, at: head.commitTimestamp, now, mapping };
    return lineOf(record, report);
  });
  const lines = readings.flatMap((one) => one.lines);
  // What Muster wrote comes back as fields that nobody reads: no news, and nothing to tell anybody of.
  if (changeType === 'UPDATE' && isOurs(head.changeOrigin)) return { lines, unread: [] };
  return { lines, unread: readings.flatMap(({ unread }) => unread) };
};
