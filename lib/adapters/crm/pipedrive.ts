// The port to a CRM on Pipedrive's API (v2; developers.pipedrive.com/docs/api/v1): people are its persons, accounts its organizations.
// It has no batches: each record is a call, a few of them at a time.
import * as z from 'zod';
import type { Crm, CrmOutcome } from '../../crm.ts';
import type { Connection } from '../../domain/connection.ts';
import { answer, refusal } from './answers.ts';
import { CrmRejected, type ExchangeOptions } from './exchange.ts';
import { pipedriveChanges } from './pipedrive/changes.ts';
import { openPipedriveClient } from './pipedrive/client.ts';
import { type Write, writeEach } from './writes.ts';

export interface PipedriveCrm {
  connection: Extract<Connection, { kind: 'pipedrive' }>;
  credentials: { apiToken: string };
  exchange?: ExchangeOptions;
}

/** A token may make 20 calls in two seconds on the smallest plan, for all that use it. */
const atOnce = 4;

const done = z.looseObject({ success: z.literal(true) });
const theirId = z.string().regex(/^[1-9]\d{0,15}$/);

/** Fields the tenant made have 40 hexadecimal characters for a name, and a place of their own. */
const bodyOf = ({ properties }: Write): { custom_fields?: Record<string, string | number> } => {
  const [own, usual] = [new Map<string, string | number>(), new Map<string, string | number>()];
  for (const [name, value] of Object.entries(properties)) (/^[0-9a-f]{40}$/.test(name) ? own : usual).set(name, value);
  return { ...Object.fromEntries(usual), ...(own.size > 0 && { custom_fields: Object.fromEntries(own) }) };
};

export const createPipedrive = ({ connection, credentials, exchange }: PipedriveCrm): Crm => {
  const client = openPipedriveClient(connection.apiUrl, credentials.apiToken, exchange);

  const outcomeOf = async (what: string, names: readonly string[], call: () => Promise<unknown>): Promise<CrmOutcome> =>
    answer(what, done, call).then(
      () => ({ outcome: 'written' }),
      (error: unknown) => {
        if (error instanceof CrmRejected) return refusal(error, names);
        throw error;
      },
    );

  const writeOne = async (write: Write): Promise<CrmOutcome> => {
    const id = theirId.safeParse(write.externalId);
    if (!id.success) return { outcome: 'refused', why: 'id: none of Pipedrive’s' };
    const body = bodyOf(write);
    return outcomeOf('Pipedrive: update of a record', Object.keys(write.properties), () =>
      write.object === 'person'
        ? client.persons.updatePerson({ id: Number(id.data), UpdatePersonRequest: body })
        : client.organizations.updateOrganization({ id: Number(id.data), UpdateOrganizationRequest: body }),
    );
  };

  return {
    write: (updates) =>
      writeEach(updates, connection.writeBack, async (writes, settle) => {
        for (let from = 0; from < writes.length; from += atOnce) {
          const some = writes.slice(from, from + atOnce);
          // All of them end before the first fault is told: nothing goes on behind a call that has failed.
          const settled = await Promise.allSettled(some.map(writeOne));
          settled.forEach((one, index) => {
            if (one.status === 'fulfilled') settle(some[index]!, one.value);
          });
          const failed = settled.find((one) => one.status === 'rejected');
          if (failed !== undefined) throw failed.reason;
        }
      }),

    changedSince: pipedriveChanges(client),

    merge: async (object, into, from) => {
      const ids = z.array(theirId).safeParse([into, from]);
      if (!ids.success) return { outcome: 'refused', why: 'id: none of Pipedrive’s' };
      return outcomeOf('Pipedrive: merge', ['merge'], () =>
        client.merge({ object, into: Number(into), from: Number(from) }),
      );
    },
  };
};
