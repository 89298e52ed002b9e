// What HubSpot says, in its words and in ours: shared by its webhook and by the reconciliation pull.
import * as z from 'zod';
import type { CrmChange, CrmChangeCaptured } from '../../../events/crm-change-captured.v1.ts';
import { contractId, momentOf } from '../contract-shapes.ts';
import type { Unread } from '../source.ts';

/** Our kinds of records by HubSpot's names, and those by the ids its newer subscriptions use. */
export const ourKind = { contact: 'person', company: 'account', deal: 'opportunity' } as const;
export type HubspotKind = keyof typeof ourKind;
const kindsByTypeId: Readonly<Record<string, HubspotKind>> = { '0-1': 'contact', '0-2': 'company', '0-3': 'deal' };

export const kindNamed = (name: string): HubspotKind | undefined =>
  Object.hasOwn(ourKind, name) ? (name as HubspotKind) : undefined;
export const kindOfTypeId = (typeId: string): HubspotKind | undefined =>
  Object.hasOwn(kindsByTypeId, typeId) ? kindsByTypeId[typeId] : undefined;

/** Ids come as numbers in webhooks and as text in the API. */
export const recordId = z.union([z.int().min(0), z.string().regex(/^\d{1,20}$/)]).transform(String);

export interface Saying {
  /** Of what was said, so that it is the same when it is said again. */
  id: string;
  /** When it became so at HubSpot, in milliseconds since 1970. */
  at: number;
  change: CrmChange;
}

export interface Told {
  sayings: readonly Saying[];
  unread: readonly Unread[];
}

export const told = (...sayings: Saying[]): Told => ({ sayings, unread: [] });

export const unreadBecause = (what: string, why: string): Told => ({
  sayings: [],
  unread: [{ what: nameOf(what), why }],
});

/** A name of HubSpot's own as it may stand in a log: whoever made it up, it is short and in one line. */
const nameOf = (text: string): string => (/^[\w. -]{1,200}$/.test(text) ? text : 'a name that is none of HubSpot’s');

/** All that was told as lines; the same reason is given once, not a hundred times. */
export const linesOf = (
  all: readonly Told[],
  source: string,
  now: number,
): { lines: CrmChangeCaptured[]; unread: Unread[] } => {
  const lines = all.flatMap(({ sayings }) =>
    sayings.map(
      ({ id, at, change }): CrmChangeCaptured => ({
        type: 'crm-change-captured.v1',
        id: contractId(`${source}:`, id),
        source,
        // Never after it arrived: the latest change wins, and a clock that runs ahead would win for ever.
        occurredAt: momentOf(Math.max(0, Math.min(at, now))),
        receivedAt: momentOf(now),
        change,
      }),
    ),
  );
  const unread = new Map(all.flatMap((each) => each.unread).map((one) => [JSON.stringify(one), one]));
  return { lines, unread: [...unread.values()] };
};
