// The stub's REST API: tokens, collections and queries.
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { byApi } from './change-events.ts';
import { objectOf, standardFields } from './objects.ts';
import { type ApiError, type QueryOptions, type Row, runQuery } from './query.ts';

export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}
export interface RecordFailure {
  statusCode: string;
  message?: string;
  fields?: readonly string[];
}
export interface RestOptions extends Omit<QueryOptions, 'all'> {
  clientId: string;
  clientSecret: string;
  pageSize: number;
  /** What the next update of a record fails with, each once. */
  failures: Map<string, RecordFailure[]>;
}

export const errors = (status: number, ...list: ApiError[]): Answer => ({ status, body: list });

const collection = z.strictObject({
  allOrNone: z.literal(false),
  records: z
    .array(z.looseObject({ attributes: z.strictObject({ type: z.string() }), id: z.string().length(18) }))
    .min(1)
    .max(200),
});

const callOptions = (header: string | undefined): string | undefined =>
  /(?:^|, ?)client=([^,]+)/.exec(header ?? '')?.[1];

/** Fields Salesforce keeps itself, or that another call is there for. */
const readOnly = /^(?:Id|Name|Is\w+|Converted\w+|MasterRecordId|Created\w+|LastModified\w+|SystemModstamp)$/;

export function createRest(options: RestOptions) {
  const { organisation, customFields, failures } = options;
  const tokens = new Set<string>();
  const rests = new Map<string, Row[]>();

  const token = (body: string): Answer => {
    const given = Object.fromEntries(new URLSearchParams(body));
    const { grant_type, client_id, client_secret } = given;
    if (grant_type !== 'client_credentials') return { status: 400, body: { error: 'unsupported_grant_type' } };
    if (client_id !== options.clientId || client_secret !== options.clientSecret) {
      return { status: 400, body: { error: 'invalid_client', error_description: 'invalid client credentials' } };
    }
    const one = `00D5e0000000001!${randomUUID()}`;
    tokens.add(one);
    return { status: 200, body: { access_token: one, token_type: 'Bearer', issued_at: '1795338000000' } };
  };

  function updateOne({ attributes, id, ...fields }: z.infer<typeof collection>['records'][number], client?: string) {
    const fault = (statusCode: string, message: string, of: readonly string[] = []) => ({
      ...{ id, success: false },
      errors: [{ statusCode, message, fields: of }],
    });
    const object = objectOf(id);
    const planned = failures.get(id)?.shift();
    if (planned !== undefined) return fault(planned.statusCode, planned.message ?? 'as told', planned.fields);
    if (object === undefined || object !== attributes.type)
      return fault('MALFORMED_ID', `${attributes.type}: bad id`, ['Id']);
    const record = organisation.find(id);
    if (record === undefined) return fault('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
    if (record.archivedAt !== undefined) return fault('ENTITY_IS_DELETED', 'entity is deleted');
    if (record.properties.IsConverted === true) {
      return fault('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
    }
    const names = Object.keys(fields);
    const missing = names.find((name) => !standardFields[object].has(name) && !customFields[object]?.includes(name));
    if (missing !== undefined)
      return fault('INVALID_FIELD', `No such column '${missing}' on sobject of type ${object}`, [missing]);
    const fixed = names.filter((name) => readOnly.test(name));
    if (fixed.length > 0) return fault('INVALID_FIELD_FOR_INSERT_UPDATE', `Unable to change ${id}`, fixed);
    const long = names.find((name) => typeof fields[name] === 'string' && fields[name].length > 255);
    if (long !== undefined) return fault('STRING_TOO_LONG', `data value too large: ${fields[long]}`, [long]);
    organisation.begin(byApi('rest', '66.0', client)).change(id, fields);
    return { id, success: true, errors: [] };
  }

  const update = (body: unknown, header: string | undefined): Answer => {
    const parsed = collection.safeParse(body);
    if (!parsed.success) return errors(400, { errorCode: 'JSON_PARSER_ERROR', message: parsed.error.message });
    const { records } = parsed.data;
    const chunks = records.filter((one, index) => one.attributes.type !== records[index - 1]?.attributes.type);
    if (chunks.length > 10) return errors(400, { errorCode: 'LIMIT_EXCEEDED', message: 'more than 10 chunks' });
    if (new Set(records.map(({ id }) => id)).size < records.length) {
      return errors(400, { errorCode: 'DUPLICATE_VALUE', message: 'a record is in the list twice' });
    }
    return { status: 200, body: records.map((one) => updateOne(one, callOptions(header))) };
  };

  const page = (rows: Row[], total: number): Answer => {
    const [records, rest] = [rows.slice(0, options.pageSize), rows.slice(options.pageSize)];
    if (rest.length === 0) return { status: 200, body: { totalSize: total, done: true, records } };
    const locator = `01g5e00000${String(rests.size).padStart(5, '0')}AAA-${total - rest.length}`;
    rests.set(locator, rest);
    const nextRecordsUrl = `/services/data/v66.0/query/${locator}`;
    return { status: 200, body: { totalSize: total, done: false, nextRecordsUrl, records } };
  };

  const query = (soql: string, all: boolean): Answer => {
    const rows = runQuery(soql, { ...options, all });
    return Array.isArray(rows) ? page(rows, rows.length) : errors(400, rows);
  };

  return {
    endSessions: () => tokens.clear(),
    forgetQueries: () => rests.clear(),
    token,
    isSignedIn: (session: string | undefined): boolean => session !== undefined && tokens.has(session),
    call(method: string, url: URL, body: unknown, header: string | undefined): Answer {
      const path = url.pathname.replace('/services/data/v66.0', '');
      if (method === 'PATCH' && path === '/composite/sobjects') return update(body, header);
      if (method === 'GET' && (path === '/query' || path === '/queryAll')) {
        return query(url.searchParams.get('q') ?? '', path === '/queryAll');
      }
      if (method === 'GET' && path.startsWith('/query/')) {
        const rest = rests.get(path.slice('/query/'.length));
        if (rest !== undefined) return page(rest, Number(path.split('-').at(-1)) + rest.length);
        return errors(400, { errorCode: 'INVALID_QUERY_LOCATOR', message: 'invalid query locator' });
      }
      return errors(404, { errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' });
    },
  };
}
