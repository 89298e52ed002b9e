// What changed at HubSpot since a moment: by its search, which gives at most 10,000 records to one question and takes a few seconds to
// know of a change, and by its list of deleted records, which knows no order and no moment: it is gone through once a day.
import { type Filter, FilterOperatorEnum } from '@hubspot/api-client/lib/codegen/crm/objects/index.js';
import * as z from 'zod';
import { type Crm, CrmUnavailable, type PulledObject, type PulledPage } from '../../../crm.ts';
import type { CrmMapping } from '../../../domain/playbook/crm.ts';
import { hubspotProperties } from '../../../sources/hubspot/records.ts';
import { answer } from '../answers.ts';
import type { HubspotClient } from './client.ts';
import { withContacts } from './contacts-of-deals.ts';
import { withOptOuts } from './opt-outs.ts';

/** What HubSpot has none of: calls and meetings are told by the contacts, and contracts it does not know. */
const pulled = {
  person: { kind: 'contact', type: 'contacts', changedAt: 'lastmodifieddate' },
  account: { kind: 'company', type: 'companies', changedAt: 'hs_lastmodifieddate' },
  opportunity: { kind: 'deal', type: 'deals', changedAt: 'hs_lastmodifieddate' },
  contract: undefined,
  activity: undefined,
} as const satisfies Record<PulledObject, object | undefined>;
type Pulled = NonNullable<(typeof pulled)[PulledObject]>;

const searchPage = 200;
const listPage = 100;

const moment = z.int().min(0);
/** Where a page begins: among the changed since a moment, in the order of change; among those changed at one moment, in the order of
 * their ids, if they are more than a page; among the deleted. */
const place = z.discriminatedUnion('among', [
  z.strictObject({ among: z.literal('changed'), since: moment }),
  z.strictObject({ among: z.literal('same'), at: moment, id: z.string() }),
  z.strictObject({ among: z.literal('deleted'), after: z.string().optional() }),
]);
type Place = z.infer<typeof place>;

const page = z.looseObject({
  results: z.array(
    z.looseObject({
      id: z.string(),
      properties: z.record(z.string(), z.string().nullish()),
      archivedAt: z.date().nullish(),
    }),
  ),
  paging: z.looseObject({ next: z.looseObject({ after: z.string() }).nullish() }).nullish(),
});
type Page = z.infer<typeof page>;

const placeOf = (from: string | undefined, since: string): Place =>
  from === undefined ? { among: 'changed', since: Date.parse(since) } : place.parse(JSON.parse(from));

/** Where the next page of a search begins: at the last record's moment, never so many records further on. A record that is changed
 * meanwhile, by our own writing say, moves to the end, and as many others would be passed over. */
const afterSearch = (
  here: Exclude<Place, { among: 'deleted' }>,
  { results, paging }: Page,
  changedAt: string,
): Place => {
  const last = results.at(-1);
  if (!paging?.next || last === undefined) {
    return here.among === 'changed' ? { among: 'deleted' } : { among: 'changed', since: here.at + 1 };
  }
  if (here.among === 'same') return { among: 'same', at: here.at, id: last.id };
  const at = Date.parse(last.properties[changedAt] ?? '');
  if (Number.isNaN(at)) throw new CrmUnavailable(`HubSpot: a record found by ${changedAt} came without it`);
  return at > here.since ? { among: 'changed', since: at } : { among: 'same', at, id: '0' };
};

const dayMs = 24 * 60 * 60_000;
/** Of a moment (ms since 1970), in UTC. */
const dayOf = (moment: number): number => Math.floor(moment / dayMs);

export const hubspotChanges = (
  client: HubspotClient,
  mapping: CrmMapping,
  now: () => number = Date.now,
): Crm['changedSince'] => {
  const found = async (
    { type, kind, changedAt }: Pulled,
    here: Exclude<Place, { among: 'deleted' }>,
  ): Promise<Page> => {
    const filters: Filter[] =
      here.among === 'changed'
        ? [{ propertyName: changedAt, operator: FilterOperatorEnum.Gte, value: String(here.since) }]
        : [
            { propertyName: changedAt, operator: FilterOperatorEnum.Eq, value: String(here.at) },
            { propertyName: 'hs_object_id', operator: FilterOperatorEnum.Gt, value: here.id },
          ];
    const search = {
      filterGroups: [{ filters }],
      sorts: [here.among === 'changed' ? changedAt : 'hs_object_id'],
      properties: [...hubspotProperties(kind, mapping), changedAt],
      limit: searchPage,
    };
    return answer(`HubSpot: search of ${type}`, page, () => client.search.doSearch(type, search));
  };

  /** Whole in the first pass of a day, which is the one since a moment of an earlier day; in others its first page, which is all there is of
   * most. So it may be nearly two days that a deletion was there and not come to. */
  const deleted = async ({ type, kind }: Pulled, after: string | undefined, since: string): Promise<PulledPage> => {
    const from = Date.parse(since);
    const isWhole = dayOf(from) < dayOf(now());
    const earliest = isWhole ? Math.min(from, now() - 2 * dayMs) : from;
    const list = await answer(`HubSpot: list of deleted ${type}`, page, () =>
      client.basic.getPage(type, listPage, after, hubspotProperties(kind, mapping), undefined, undefined, true),
    );
    const next = isWhole ? list.paging?.next?.after : undefined;
    return {
      records: list.results.filter(({ archivedAt }) => !archivedAt || archivedAt.getTime() >= earliest),
      ...(next !== undefined && { next: JSON.stringify({ among: 'deleted', after: next } satisfies Place) }),
    };
  };

  return async (object, since, from) => {
    const what = pulled[object];
    if (what === undefined) return { records: [] };
    const here = placeOf(from, since);
    if (here.among === 'deleted') return deleted(what, here.after, since);
    const changed = await found(what, here);
    const { results } = changed;
    return {
      records:
        what.kind === 'deal'
          ? await withContacts(client, results)
          : what.kind === 'contact'
            ? await withOptOuts(client, results)
            : results,
      next: JSON.stringify(afterSearch(here, changed, what.changedAt)),
    };
  };
};
