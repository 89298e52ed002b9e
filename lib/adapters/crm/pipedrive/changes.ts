// What changed at Pipedrive since a moment, by its lists (API v2). Deleted deals it lists for 30 days, archived ones apart; deleted persons
// and organizations it lists nowhere, so of those only a webhook tells.
import * as z from 'zod';
import type { Crm, PulledObject } from '../../../crm.ts';
import { answer } from '../answers.ts';
import { CrmCredentialsRefused, CrmRejected } from '../exchange.ts';
import type { PipedriveClient } from './client.ts';

const limit = 200;

interface Asked {
  updated_since: string;
  sort_by: 'update_time';
  sort_direction: 'asc';
  limit: number;
  cursor?: string;
}
type List = (asked: Asked) => Promise<unknown>;

const page = z.looseObject({
  data: z.array(z.record(z.string(), z.unknown())).nullish(),
  additional_data: z.looseObject({ next_cursor: z.string().nullish() }).nullish(),
});
/** Which of an object's lists, and where in it. */
const place = z.strictObject({ list: z.int().min(0), cursor: z.string().optional() });
type Place = z.infer<typeof place>;

/** Whether somebody unsubscribed is said on request, and to companies alone that have Pipedrive's marketing app. */
const personsWith =
  (persons: PipedriveClient['persons']): List =>
  async (asked) => {
    try {
      return await persons.getPersons({ ...asked, include_fields: 'marketing_status' });
    } catch (error) {
      if (error instanceof CrmRejected || error instanceof CrmCredentialsRefused) return persons.getPersons(asked);
      throw error;
    }
  };

/** Its times are of seconds. */
const inSeconds = (since: string): string => `${new Date(since).toISOString().slice(0, 19)}Z`;

export const pipedriveChanges = ({
  persons,
  organizations,
  deals,
  activities,
}: PipedriveClient): Crm['changedSince'] => {
  const lists: Readonly<Record<PulledObject, readonly List[]>> = {
    person: [personsWith(persons)],
    account: [(asked) => organizations.getOrganizations(asked)],
    opportunity: [
      (asked) => deals.getDeals(asked),
      (asked) => deals.getArchivedDeals(asked),
      (asked) => deals.getDeals({ ...asked, status: 'deleted' }),
    ],
    activity: [(asked) => activities.getActivities(asked)],
    contract: [],
  };

  return async (object, since, from) => {
    const here: Place = from === undefined ? { list: 0 } : place.parse(JSON.parse(from));
    const list = lists[object][here.list];
    if (list === undefined) return { records: [] };
    const { cursor } = here;
    const { data, additional_data: more } = await answer(`Pipedrive: list of ${object} records`, page, () =>
      list({
        ...{ updated_since: inSeconds(since), sort_by: 'update_time', sort_direction: 'asc', limit },
        ...(cursor !== undefined && { cursor }),
      }),
    );
    const next: Place | undefined = more?.next_cursor
      ? { list: here.list, cursor: more.next_cursor }
      : here.list + 1 < lists[object].length
        ? { list: here.list + 1 }
        : undefined;
    return { records: data ?? [], ...(next !== undefined && { next: JSON.stringify(next) }) };
  };
};
