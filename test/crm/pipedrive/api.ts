// The calls of Pipedrive's API that Muster makes, answered as api.pipedrive.com does (developers.pipedrive.com/docs/api/v1).
import * as z from 'zod';
import type { PipedriveEntity, PipedriveOptions, StubRecord, StubRequest } from '../stub-crm.ts';
import type { StubRecords } from '../stub-records.ts';
import type { StubAnswer } from '../stub-server.ts';
import { shown } from './events.ts';

const entityOf = { persons: 'person', organizations: 'organization', deals: 'deal', activities: 'activity' } as const;
const isPlural = (name: string): name is keyof typeof entityOf => Object.hasOwn(entityOf, name);

const failed = (status: number, error: string, code: string): StubAnswer => ({
  status,
  body: { success: false, error, error_info: 'Please check developers.pipedrive.com', code, data: null },
});

const fields = z.looseObject({ custom_fields: z.record(z.string(), z.unknown()).optional() });
const merging = z.object({ merge_with_id: z.int() });

/** A change of custom fields leaves those it does not name. */
export const withFields = (record: StubRecord | undefined, given: Record<string, unknown>): Record<string, unknown> => {
  const { custom_fields: own, ...usual } = fields.parse(given);
  if (own === undefined) return usual;
  const before = fields.parse(record?.properties ?? {}).custom_fields;
  return { ...usual, custom_fields: { ...before, ...own } };
};

export interface PipedriveApi {
  records: StubRecords<PipedriveEntity>;
  apiToken: string;
  properties: PipedriveOptions['properties'];
  marketing: boolean;
}

const update = (entity: PipedriveEntity, id: string, body: unknown, api: PipedriveApi): StubAnswer => {
  const record = api.records.living(entity, id);
  if (record === undefined) return failed(404, `${entity} not found`, 'ERR_NOT_FOUND');
  const given = fields.parse(body);
  const { custom_fields: own = {}, ...usual } = given;
  const unknown = [...Object.keys(usual), ...Object.keys(own)].filter(
    (name) => api.properties?.includes(name) === false,
  );
  if (unknown.length > 0) {
    const message = unknown.map((name) => `${name}: ${JSON.stringify(own[name] ?? usual[name])} is not allowed`);
    return failed(400, `Validation failed: ${message.join(', ')}`, 'ERR_SCHEMA_VALIDATION_FAILED');
  }
  const changed = api.records.change(entity, id, withFields(record, given));
  return { status: 200, body: { success: true, data: shown(entity, changed) } };
};

const merge = (entity: PipedriveEntity, from: string, body: unknown, { records }: PipedriveApi): StubAnswer => {
  const into = String(merging.parse(body).merge_with_id);
  if (into === from) return failed(400, 'Merge with itself is not allowed', 'ERR_MERGE');
  if (!records.living(entity, from) || !records.living(entity, into)) return failed(404, 'not found', 'ERR_NOT_FOUND');
  return { status: 200, body: { success: true, data: { id: Number(records.merge(entity, into, from).id) } } };
};

/** Whether a list has a record: deleted deals are in one of their own, archived ones in another. */
const isIn = (entity: PipedriveEntity, list: string, status: string | null) => (record: StubRecord) => {
  if (record.mergedInto !== undefined) return false;
  if (record.archivedAt !== undefined) return entity === 'deal' && status === 'deleted';
  const archived = record.properties.is_archived === true;
  return list === 'archived' ? archived : status !== 'deleted' && !archived;
};

const listed = (
  entity: PipedriveEntity,
  list: string,
  query: URLSearchParams,
  { records, marketing }: PipedriveApi,
): StubAnswer => {
  const withMarketing = query.get('include_fields') === 'marketing_status';
  if (withMarketing && !marketing) return failed(400, 'Invalid include_fields', 'ERR_SCHEMA_VALIDATION_FAILED');
  const limit = Number(query.get('limit') ?? 100);
  if (limit > 500) return failed(400, 'limit is too large', 'ERR_SCHEMA_VALIDATION_FAILED');
  const since = query.get('updated_since') ?? '1970-01-01T00:00:00Z';
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(since)) {
    return failed(400, 'updated_since is not RFC 3339', 'ERR_SCHEMA_VALIDATION_FAILED');
  }
  const all = [...records.of(entity).values()]
    .filter(isIn(entity, list, query.get('status')))
    .filter(({ updatedAt }) => Math.floor(updatedAt / 1_000) * 1_000 >= Date.parse(since))
    .sort((a, b) => a.updatedAt - b.updatedAt || Number(a.id) - Number(b.id));
  const from = Number(Buffer.from(query.get('cursor') ?? '', 'base64url').toString() || 0);
  const next = from + limit < all.length ? Buffer.from(String(from + limit)).toString('base64url') : null;
  const data = all.slice(from, from + limit).map((record) => {
    const { marketing_status, ...usual } = shown(entity, record);
    return withMarketing ? { ...usual, marketing_status } : usual;
  });
  return { status: 200, body: { success: true, data, additional_data: { next_cursor: next } } };
};

export const pipedriveAnswer = ({ method, path, headers, body }: StubRequest, api: PipedriveApi): StubAnswer => {
  if (headers['x-api-token'] !== api.apiToken) return failed(401, 'unauthorized access', 'ERR_UNAUTHORIZED');
  const { pathname, searchParams } = new URL(path, 'http://stub');
  const [, version = '', plural = '', id = '', call = ''] =
    /^\/(v1|api\/v2)\/(persons|organizations|deals|activities)(?:\/(\d+|archived)(?:\/(merge))?)?$/.exec(pathname) ??
    [];
  if (!isPlural(plural)) return failed(404, 'unknown method', 'ERR_NOT_FOUND');
  const entity = entityOf[plural];
  const isRecord = /^\d+$/.test(id);
  if (version === 'v1') {
    return method === 'PUT' && call === 'merge' ? merge(entity, id, body, api) : failed(410, 'gone', 'ERR_GONE');
  }
  if (method === 'PATCH' && isRecord && call === '') return update(entity, id, body, api);
  if (method === 'GET' && !isRecord) return listed(entity, id, searchParams, api);
  return failed(404, 'unknown method', 'ERR_NOT_FOUND');
};
