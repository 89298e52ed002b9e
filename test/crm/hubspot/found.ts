// HubSpot's search and its list of deleted records, with their limits.
import * as z from 'zod';
import type { HubspotObject, StubRecord } from '../stub-crm.ts';
import type { StubAnswer } from '../stub-server.ts';

const changedAt = { contacts: 'lastmodifieddate', companies: 'hs_lastmodifieddate', deals: 'hs_lastmodifieddate' };

const iso = (at: number): string => new Date(at).toISOString();

/** As the API shows a record: the properties asked for, null where it has none, and those it always gives. */
export const shown = (object: HubspotObject, record: StubRecord, asked: readonly string[]) => ({
  id: record.id,
  properties: {
    ...Object.fromEntries(asked.map((name) => [name, record.properties[name] ?? null])),
    ...{ createdate: iso(record.createdAt), [changedAt[object]]: iso(record.updatedAt), hs_object_id: record.id },
  },
  createdAt: iso(record.createdAt),
  updatedAt: iso(record.updatedAt),
  archived: record.archivedAt !== undefined,
  ...(record.archivedAt !== undefined && { archivedAt: iso(record.archivedAt) }),
});

const search = z.object({
  filterGroups: z
    .array(
      z.object({
        filters: z.array(
          z.object({ propertyName: z.string(), operator: z.enum(['GTE', 'EQ', 'GT']), value: z.string() }),
        ),
      }),
    )
    .length(1),
  sorts: z.array(z.string()).length(1),
  properties: z.array(z.string()),
  limit: z.int().min(1).max(200),
  after: z.string().optional(),
});

const cap = 10_000;

export const found = (object: HubspotObject, records: readonly StubRecord[], body: unknown): StubAnswer => {
  const parsed = search.safeParse(body);
  if (!parsed.success)
    return { status: 400, body: { status: 'error', category: 'VALIDATION_ERROR', message: 'Invalid input' } };
  const { filterGroups, sorts, properties, limit, after = '0' } = parsed.data;
  const from = Number(after);
  if (from + limit > cap)
    return { status: 400, body: { status: 'error', category: 'VALIDATION_ERROR', message: 'too far' } };
  const numberOf = (record: StubRecord, name: string): number => {
    if (name === changedAt[object]) return record.updatedAt;
    if (name === 'hs_object_id') return Number(record.id);
    throw new Error(`the stub searches by no ${name}`);
  };
  const holds = {
    GTE: (a: number, b: number) => a >= b,
    EQ: (a: number, b: number) => a === b,
    GT: (a: number, b: number) => a > b,
  };
  const all = records
    .filter(({ archivedAt, mergedInto }) => archivedAt === undefined && mergedInto === undefined)
    .filter((record) =>
      filterGroups[0]!.filters.every(({ propertyName, operator, value }) =>
        holds[operator](numberOf(record, propertyName), Number(value)),
      ),
    )
    .sort((a, b) => numberOf(a, sorts[0]!) - numberOf(b, sorts[0]!));
  const results = all.slice(from, from + limit).map((record) => shown(object, record, properties));
  const next = from + limit;
  const paging = next < all.length ? { paging: { next: { after: String(next) } } } : {};
  return { status: 200, body: { total: all.length, results, ...paging } };
};

/** In the order of ids. */
export const listed = (object: HubspotObject, records: readonly StubRecord[], query: URLSearchParams): StubAnswer => {
  const archived = query.get('archived') === 'true';
  const limit = Number(query.get('limit') ?? 10);
  if (limit > 100) return { status: 400, body: { status: 'error', category: 'VALIDATION_ERROR', message: 'limit' } };
  const from = Number(query.get('after') ?? 0);
  const all = records
    .filter(({ archivedAt, mergedInto }) => (archivedAt !== undefined) === archived && mergedInto === undefined)
    .sort((a, b) => Number(a.id) - Number(b.id));
  const properties = query.getAll('properties').flatMap((names) => names.split(','));
  const results = all.slice(from, from + limit).map((record) => shown(object, record, properties));
  const next = from + limit;
  return { status: 200, body: { results, ...(next < all.length && { paging: { next: { after: String(next) } } }) } };
};
