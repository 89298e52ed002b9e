// The port to a CRM on HubSpot's API (v3; developers.hubspot.com/docs/api-reference): people are its contacts, accounts its companies,
// opportunities its deals. Its scopes: crm.objects.contacts, .companies and .deals, read, and write of the first two.
import * as z from 'zod';
import type { Crm, CrmOutcome } from '../../crm.ts';
import type { Connection } from '../../domain/connection.ts';
import type { CrmMapping } from '../../domain/playbook/crm.ts';
import { noMapping } from '../../domain/playbook/crm-mapping.ts';
import { answer, isOfProperty, refusal, refusedNames } from './answers.ts';
import { CrmRejected, type ExchangeOptions } from './exchange.ts';
import { hubspotChanges } from './hubspot/changes.ts';
import { openHubspotClient } from './hubspot/client.ts';
import { type Settle, type Write, writeEach } from './writes.ts';

export interface HubspotCrm {
  connection: Extract<Connection, { kind: 'hubspot' }>;
  credentials: { accessToken: string };
  /** For `changedSince`, which asks for the properties that are read. */
  mapping?: CrmMapping;
  exchange?: ExchangeOptions;
  /** Milliseconds since 1970. */
  now?: () => number;
}

const objectOf = { person: 'contacts', account: 'companies' } as const;
const batchLimit = 100;

const ids = z.array(z.string()).catch([]);
const written = z.looseObject({
  results: z.array(z.looseObject({ id: z.string() })),
  /** 207: some were not written. */
  errors: z
    .array(
      z.looseObject({
        category: z.string().catch(''),
        message: z.string().catch(''),
        context: z.looseObject({ ids: ids.optional(), objectWriteTraceId: ids.optional() }).catch({}),
      }),
    )
    .optional(),
});
type Written = z.infer<typeof written>;

/** Every write has an outcome: what an error does not name was written if HubSpot answers it, and is refused if not. */
const outcomesOf = ({ results, errors = [] }: Written, writes: readonly Write[]): [Write, CrmOutcome][] => {
  const isWritten = new Set(results.map(({ id }) => id));
  return writes.map((write): [Write, CrmOutcome] => {
    const error = errors.find(({ context }) =>
      [...(context.ids ?? []), ...(context.objectWriteTraceId ?? [])].includes(write.externalId),
    );
    if (error?.category === 'OBJECT_NOT_FOUND') return [write, { outcome: 'gone' }];
    const names = Object.keys(write.properties);
    if (error !== undefined) {
      const named = names.filter((name) => error.message.includes(name));
      return [write, { outcome: 'refused', why: `${(named.length > 0 ? named : names).join(', ')}: not taken` }];
    }
    // A record that another took in is answered by the other's id, so none is missed where no error is left over.
    const isMissing = errors.some(({ context }) => !context.ids && !context.objectWriteTraceId);
    if (isMissing && !isWritten.has(write.externalId)) {
      return [write, { outcome: 'refused', why: `${names.join(', ')}: not taken` }];
    }
    return [write, { outcome: 'written' }];
  });
};

/** Parts to try apart, of a batch that was rejected because of some of it; none: all of it is refused. What is refused for a value is
 * refused for everybody who has it, so that a hundred with a choice that is not there are not a hundred calls. */
const partsOf = (writes: readonly Write[], rejected: CrmRejected): Write[][] => {
  const names = refusedNames(rejected, [...new Set(writes.flatMap((write) => Object.keys(write.properties)))]);
  const groups = Map.groupBy(writes, ({ externalId, properties }) =>
    names.length === 0
      ? externalId
      : JSON.stringify(names.map((name) => (isOfProperty(rejected) ? name in properties : (properties[name] ?? null)))),
  );
  if (groups.size === 1) return [];
  const all = [...groups.values()];
  const half = Math.ceil(all.length / 2);
  return [all.slice(0, half).flat(), all.slice(half).flat()];
};

export const createHubspot = ({ connection, credentials, mapping = noMapping, exchange, now }: HubspotCrm): Crm => {
  const client = openHubspotClient(connection.apiUrl, credentials.accessToken, exchange);

  const writeBatch = async (object: 'contacts' | 'companies', writes: Write[], settle: Settle): Promise<void> => {
    const inputs = writes.map(({ externalId, properties }) => ({
      id: externalId,
      objectWriteTraceId: externalId,
      properties: Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, String(value)])),
    }));
    const update = answer(`HubSpot: update of ${object}`, written, () => client.batch.update(object, { inputs }));
    await update.then(
      (answered) => {
        for (const [write, outcome] of outcomesOf(answered, writes)) settle(write, outcome);
      },
      async (error: unknown) => {
        if (!(error instanceof CrmRejected)) throw error;
        const parts = partsOf(writes, error);
        if (parts.length === 0) for (const one of writes) settle(one, refusal(error, Object.keys(one.properties)));
        for (const part of parts) await writeBatch(object, part, settle);
      },
    );
  };

  return {
    write: (updates) =>
      writeEach(updates, connection.writeBack, async (writes, settle) => {
        for (const object of ['person', 'account'] as const) {
          const own = writes.filter((write) => write.object === object);
          for (let from = 0; from < own.length; from += batchLimit) {
            await writeBatch(objectOf[object], own.slice(from, from + batchLimit), settle);
          }
        }
      }),

    changedSince: hubspotChanges(client, mapping, now),

    merge: async (object, into, from) => {
      const merged = z.looseObject({ id: z.string() });
      const body = { primaryObjectId: into, objectIdToMerge: from };
      const call = answer('HubSpot: merge', merged, () =>
        client.post(`/crm/v3/objects/${objectOf[object]}/merge`, body),
      );
      return call.then(
        () => ({ outcome: 'written' }),
        (error: unknown) => {
          if (error instanceof CrmRejected) return refusal(error, ['merge']);
          throw error;
        },
      );
    },
  };
};
