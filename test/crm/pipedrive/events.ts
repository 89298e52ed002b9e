// Pipedrive's webhooks of what happens to records, version 2: https://pipedrive.readme.io/docs/guide-for-webhooks-v2
import type { PipedriveEntity, StubRecord } from '../stub-crm.ts';
import type { Webhook } from '../stub-server.ts';

/** Who did it: somebody in Pipedrive, or an app by the API, as Muster is one. */
export const byPeople = { change_source: 'app', user_id: '12415231' };
export const byApi = { change_source: 'api', user_id: '12094821' };

export interface Happened {
  action: 'create' | 'change' | 'delete';
  entity: PipedriveEntity;
  record: StubRecord;
  /** What the changed properties were. */
  before?: Readonly<Record<string, unknown>>;
  merged?: { merged_to_id?: string; merged_from_id?: string };
}

const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Custom fields come with their type in webhooks, and without it in lists. */
const withTypes = ({ custom_fields: own, ...usual }: Record<string, unknown>): Record<string, unknown> => {
  if (!isFields(own)) return usual;
  const typed = Object.entries(own).map(([key, value]) => [
    key,
    value === null ? null : { type: typeof value === 'number' ? 'double' : 'varchar', value },
  ]);
  return { ...usual, custom_fields: Object.fromEntries(typed) };
};

const iso = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** Leads have ids of another kind, as text. */
const idOf = (entity: PipedriveEntity, id: string): string | number => (entity === 'lead' ? id : Number(id));

export const shown = (entity: PipedriveEntity, record: StubRecord): Record<string, unknown> => ({
  ...{ id: idOf(entity, record.id), custom_fields: {} },
  ...record.properties,
  ...{ add_time: iso(record.createdAt), update_time: iso(record.updatedAt) },
  ...{ is_deleted: record.archivedAt !== undefined },
  ...(entity === 'deal' && record.archivedAt !== undefined && { status: 'deleted' }),
});

export const webhook = (
  happened: Happened,
  of: { companyId: number; basicAuth: string; at: number; number: number; who: typeof byPeople },
): Webhook => {
  const { action, entity, record, before = {}, merged = {} } = happened;
  const whole = withTypes(shown(entity, record));
  const id = `7c812ffd-8f50-45ea-a597-${String(of.number).padStart(12, '0')}`;
  const meta = {
    ...{ action, entity, entity_id: record.id, id, company_id: String(of.companyId), correlation_id: id },
    ...{ timestamp: new Date(of.at).toISOString(), version: '2.0', type: 'general', is_bulk_edit: false, attempt: 1 },
    ...{ webhook_id: '4710827', webhook_owner_id: '12094821', host: 'stub.pipedrive.com', ...of.who, ...merged },
  };
  const previous = { create: null, change: withTypes({ ...before }), delete: whole }[action];
  const body = JSON.stringify({ data: action === 'delete' ? null : whole, previous, meta });
  const authorization = `Basic ${Buffer.from(of.basicAuth).toString('base64')}`;
  return { headers: { authorization, 'content-type': 'application/json', 'user-agent': 'Pipedrive Webhooks' }, body };
};
