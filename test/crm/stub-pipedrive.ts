// A Pipedrive to test against: persons, organizations, deals, leads and activities, by the calls and webhooks that its API has.
import { pipedriveAnswer, withFields } from './pipedrive/api.ts';
import { byApi, byPeople, type Happened, webhook } from './pipedrive/events.ts';
import type { PipedriveEntity, PipedriveOptions, StubPipedrive } from './stub-crm.ts';
import { StubRecords } from './stub-records.ts';
import { openStubServer } from './stub-server.ts';

const failureBody = (status: number): unknown => ({
  success: false,
  error: status === 429 ? 'request over limit' : 'Scheduled maintenance',
  errorCode: status,
});

/** What it was before, of custom fields only those that changed. */
const previousOf = (before: Record<string, unknown>, now: Record<string, unknown>): Record<string, unknown> => {
  if (!('custom_fields' in before)) return before;
  const [was, is] = [before.custom_fields, now.custom_fields].map((of) => new Map(Object.entries(of ?? {})));
  const changed = [...(is?.keys() ?? [])].filter((key) => was?.get(key) !== is?.get(key));
  return { ...before, custom_fields: Object.fromEntries(changed.map((key) => [key, was?.get(key) ?? null])) };
};

export const openStubPipedrive = async (options: PipedriveOptions): Promise<StubPipedrive> => {
  const { basicAuth, companyId, apiToken, properties, marketing = true, now = Date.now } = options;
  let who = byPeople;
  let number = 0;

  const send = (happened: Happened): void => {
    number += 1;
    const of = { companyId, basicAuth, at: now(), number, who };
    void server.send(() => webhook(happened, of));
  };
  const records = new StubRecords<PipedriveEntity>(
    {
      created: (entity, record) => send({ action: 'create', entity, record }),
      changed: (entity, record, before) =>
        send({ action: 'change', entity, record, before: previousOf(before, record.properties) }),
      removed: (entity, record) => send({ action: 'delete', entity, record }),
      merged: (entity, into, from) => {
        send({ action: 'delete', entity, record: from, merged: { merged_to_id: into.id } });
        send({ action: 'change', entity, record: into, merged: { merged_from_id: from.id } });
      },
    },
    now,
  );
  const server = await openStubServer((request) => {
    who = byApi;
    try {
      return pipedriveAnswer(request, { records, apiToken, properties, marketing });
    } finally {
      who = byPeople;
    }
  }, failureBody);

  return {
    ...server,
    record: (entity, id) => records.of(entity).get(id),
    create: async (entity, given, id) => {
      const created = records.create(entity, given, id);
      await server.settled();
      return created;
    },
    change: async (entity, id, changed) => {
      records.change(entity, id, withFields(records.living(entity, id), changed));
      await server.settled();
    },
    remove: async (entity, id) => {
      records.remove(entity, id);
      await server.settled();
    },
    merge: async (entity, into, from) => {
      records.merge(entity, into, from);
      await server.settled();
    },
  };
};
