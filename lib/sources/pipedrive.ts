// Pipedrive's webhooks, version 2 (pipedrive.readme.io/docs/guide-for-webhooks-v2): signed by nothing but Basic auth, the whole
// record in each, a delivery again at 3, 30 and 150 seconds. Its list calls are read alike, to repair what never came.
import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { type CrmChangeCaptured, crmChange } from '../../events/crm-change-captured.v1.ts';
import type { Connection } from '../domain/connection.ts';
import type { CrmMapping } from '../domain/playbook/crm.ts';
import { contractId, filled, line, momentOf, sha256 } from './contract-shapes.ts';
import { fieldProblems } from './field-problems.ts';
import { goneTells, tellings } from './pipedrive/record.ts';
import type { Told } from './pipedrive/seen.ts';
import { timeOf, type Values, valuesIn } from './pipedrive/values.ts';
import type { Reading, Unread, WebhookDelivery, WebhookSource } from './source.ts';

const digest = (text: string | Buffer): Buffer => createHash('sha256').update(text).digest();

/** Throws on a secret that is no `user:password`: a mistake of ours, not of the sender's. */
const verify = ({ headers }: WebhookDelivery, secrets: readonly string[]): boolean => {
  if (!secrets.every((secret) => /^[^:]+:.+$/s.test(secret))) {
    throw new Error('a secret of this connection is not user:password');
  }
  const [, given] = /^basic +([A-Za-z0-9+/]+={0,2}) *$/i.exec(headers.authorization ?? '') ?? [];
  if (given === undefined) return false;
  // Digests have one length, whatever was given; every secret is looked at, whichever fits.
  const known = digest(Buffer.from(given, 'base64'));
  return secrets.map((secret) => timingSafeEqual(digest(secret), known)).includes(true);
};

const theirId = z.union([z.string().min(1).max(100), z.number().int()]).transform(String);
const record = z.record(z.string(), z.unknown());
const time = z.unknown().transform((value, context) => {
  const milliseconds = timeOf(value);
  if (milliseconds === undefined) context.addIssue({ code: 'custom', message: 'must be a time' });
  return milliseconds ?? z.NEVER;
});

/** Made with the first that comes, as all that CRMs send is: mostly a tenant has one of three. */
const webhook = z.lazy(() =>
  z.looseObject({
    meta: z.looseObject({
      action: z.string(),
      entity: z.string(),
      entity_id: theirId,
      id: theirId,
      timestamp: time,
      company_id: theirId,
      version: z.literal('2.0', 'must be 2.0: the webhook was made for another version'),
      merged_to_id: theirId.nullish(),
      merged_from_id: theirId.nullish(),
    }),
    data: record.nullish(),
    previous: record.nullish(),
  }),
);
type Meta = z.infer<typeof webhook>['meta'];
type Pipedrive = Extract<Connection, { kind: 'pipedrive' }>;

interface Read {
  lines: CrmChangeCaptured[];
  unread: Unread[];
}

interface Frame {
  source: string;
  now: number;
  idOf: (told: Told, index: number) => string;
}

/** As lines, one for all that was so since the same moment; never after now, for the latest change wins. */
const linesOf = ({ source, now, idOf }: Frame, told: readonly Told[], what: string): Read => {
  const lines: CrmChangeCaptured[] = [];
  const unread: Unread[] = [];
  told.forEach((one, index) => {
    const change = crmChange.safeParse(filled(one.change));
    if (!change.success) {
      unread.push({ what, why: `${fieldProblems(change.error)[0]?.field} is not of the kind that it has here` });
      return;
    }
    lines.push({
      type: 'crm-change-captured.v1',
      id: idOf(one, index),
      source,
      occurredAt: momentOf(Math.max(0, Math.min(one.at, now))),
      receivedAt: momentOf(now),
      change: change.data,
    });
  });
  return { lines, unread };
};

const tellingOf = (meta: Meta, data: Values | undefined, previous: Values | undefined, mapping: CrmMapping) => {
  const { action, entity, entity_id: id, timestamp: at } = meta;
  const tells = tellings.get(entity);
  if (tells === undefined) return 'records of this kind mean nothing here';
  if (action === 'delete') {
    const change = goneTells(entity, id, meta.merged_to_id ?? undefined);
    return change === undefined ? 'what was said of it stays said' : [{ at, change }];
  }
  if (action !== 'create' && action !== 'change') return 'there is no such action';
  if (data === undefined) return 'it came without the record';
  const told = tells({ id, record: data, previous: action === 'create' ? null : (previous ?? {}), at, mapping });
  // Said of both records, so that one lost delivery loses no merge.
  const gone = meta.merged_from_id ? goneTells(entity, meta.merged_from_id, id) : undefined;
  return gone === undefined ? told : [...(typeof told === 'string' ? [] : told), { at, change: gone }];
};

/** What came back of our own writing, the whole record around it. Taken as it comes, all of that would have become so just now. */
const isOurWriting = ({ action, entity }: Meta, previous: Values | undefined, { writeBack }: Pipedrive): boolean => {
  const object = { person: 'person', organization: 'account' } as const;
  const written = Object.hasOwn(object, entity) ? writeBack?.[object[entity as keyof typeof object]] : undefined;
  if (action !== 'change' || written === undefined || previous === undefined) return false;
  const { custom_fields, update_time: _, ...usual } = previous;
  const changed = [...Object.keys(usual), ...Object.keys(valuesIn(custom_fields) ?? {})];
  return changed.length > 0 && changed.every((name) => Object.values(written).includes(name));
};

const read = ({ source, connection, now }: WebhookDelivery, document: unknown, mapping: CrmMapping): Reading => {
  const parsed = webhook.safeParse(document);
  if (!parsed.success) return { problems: fieldProblems(parsed.error) };
  const { meta, data, previous } = parsed.data;
  if (connection.kind !== 'pipedrive' || meta.company_id !== String(connection.companyId)) {
    return { problems: [{ field: 'meta.company_id', detail: 'is not the company of this connection' }] };
  }
  if (isOurWriting(meta, previous ?? undefined, connection)) return { lines: [] };
  const what = `${line(meta.action, 20)} of ${line(meta.entity, 60)}`;
  const told = tellingOf(meta, data ?? undefined, previous ?? undefined, mapping);
  if (typeof told === 'string') return { lines: [], unread: [{ what, why: told }] };
  const idOf = (_: Told, index: number): string =>
    contractId(`${source}:`, `${meta.id}.${meta.entity_id}`, `.${index}`);
  return linesOf({ source, now, idOf }, told, what);
};

export const pipedrive: WebhookSource = {
  body: 'json',
  verify,
  read,
  // A long text of the tenant's own comes twice, as it is and as it was; ten refusals stop the webhook for all records.
  maximumBytes: 1_024 * 1_024,
};

const listed = z.looseObject({ id: theirId });

/** Records of one kind (`person`, `organization`, `deal`, `lead`, `activity`) as the API lists them. What says the same again has the
 * same ids, so that a pull can be repeated. */
export const pipedriveRecords = (
  entity: string,
  records: readonly unknown[],
  source: string,
  now: number,
  mapping: CrmMapping,
): Read => {
  const readings = records.map((one): Read => {
    const what = `list of ${line(entity, 60)}`;
    const nothing = (why: string): Read => ({ lines: [], unread: [{ what, why }] });
    const tells = tellings.get(entity);
    if (tells === undefined) return nothing('records of this kind mean nothing here');
    const parsed = listed.safeParse(one);
    if (!parsed.success) return nothing('a record has no id');
    const { id, update_time, add_time } = parsed.data;
    const at = timeOf(update_time) ?? timeOf(add_time);
    if (at === undefined) return nothing('a record does not say when it was changed');
    const told = tells({ id, record: parsed.data, at, mapping });
    if (typeof told === 'string') return nothing(told);
    const idOf = (said: Told): string =>
      contractId(`${source}:`, `${entity}.${id}.${sha256(JSON.stringify([said.at, said.change])).slice(0, 32)}`);
    return linesOf({ source, now, idOf }, told, what);
  });
  return { lines: readings.flatMap(({ lines }) => lines), unread: readings.flatMap(({ unread }) => unread) };
};
