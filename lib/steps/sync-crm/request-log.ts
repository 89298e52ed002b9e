// What stands in the table of each thing a CRM was asked to do: who asked, why, how far it came. Whoever does it takes it up first, for
// a while in which nobody else does; it stays in its list until there is an outcome, so that one who never ends is found by the sweep.
import type { CrmAsking, CrmRequest } from '../../domain/crm-request.ts';
import type { Log, Table } from '../../ports.ts';
import { as, type NewItem, replacing, type StoredItem } from '../../table/items.ts';
import { crmRequestKey, crmRequestsHeldList } from '../../table/keys.ts';
import { retryConflicts } from '../retry-conflicts.ts';

export type Stored = StoredItem<'crm-request'>;
type Next = NewItem<'crm-request'>;

interface Ports {
  table: Table;
  log: Log;
}

/** Longer than what a conversion asks of Salesforce one after the other, were each answered at the last moment. */
const heldForMs = 5 * 60_000;
/** Askings that are kept of those that came to nothing. */
const keptBefore = 20;

const later = (now: string, milliseconds: number): string => new Date(Date.parse(now) + milliseconds).toISOString();

const listed = (item: Next): Next =>
  item.retryAt === undefined
    ? { ...item, listPk: undefined, listSk: undefined }
    : { ...item, listPk: crmRequestsHeldList, listSk: `${item.retryAt}#${item.requestId}` };

/** Asked anew, after it was refused or the record was not there: somebody may have mended it. */
const anew = (stored: Stored, request: CrmRequest): Partial<Next> => {
  const { state, detail, since, before = [] } = stored;
  const { by, why, at: askedAt } = stored.request;
  return { request, tries: 0, before: [...before, { by, why, askedAt, state, detail, since }].slice(-keptBefore) };
};

/** What of the stored one changes by being taken up now; undefined where there is nothing to do, or somebody is at it. */
const taking = (stored: Stored, asked: CrmRequest | undefined, now: string): Partial<Next> | undefined => {
  if (stored.state === 'written') return undefined;
  if (stored.state !== 'waiting') return asked && asked.at > stored.request.at ? anew(stored, asked) : undefined;
  return stored.retryAt !== undefined && stored.retryAt > now ? undefined : {};
};

/** The request, to be carried out now; undefined where it is done, waits, or is at hand. `asked` is absent where the sweep asks
 * again. `now` is ISO. */
export const takeUp = (
  { table }: Ports,
  requestId: string,
  asked: CrmRequest | undefined,
  now: string,
): Promise<Stored | undefined> =>
  retryConflicts(async () => {
    const stored = as('crm-request', await table.get(crmRequestKey(requestId)));
    const request = stored?.request ?? asked;
    if (request === undefined) throw new Error(`there is no request ${requestId}`);
    const changes = stored === undefined ? {} : taking(stored, asked, now);
    if (changes === undefined) return undefined;
    const before = { ...crmRequestKey(requestId), type: 'crm-request' as const, requestId, request, tries: 0 };
    const item = { ...before, ...stored, ...changes };
    const detail = 'request' in changes ? undefined : stored?.detail;
    const retryAt = later(now, heldForMs);
    const next = { ...item, tries: item.tries + 1, state: 'waiting' as const, detail, since: now, retryAt };
    const write = replacing(stored, listed(next));
    await table.write(write);
    return as('crm-request', 'put' in write ? write.put : undefined);
  });

/** Whatever else was noted meanwhile: nothing is truer than that it was done. */
const note = ({ table }: Ports, { requestId }: Stored, changes: Partial<Next>): Promise<void> =>
  retryConflicts(async () => {
    const stored = as('crm-request', await table.get(crmRequestKey(requestId)))!;
    if (stored.state === 'written') return;
    await table.write(replacing(stored, listed({ ...stored, ...changes })));
  });

/** It is over. */
export const conclude = async (ports: Ports, taken: Stored, outcome: Omit<CrmAsking, 'since'>, now: string) => {
  await note(ports, taken, { detail: undefined, ...outcome, since: now, retryAt: undefined });
  const { requestId, tries, request } = taken;
  const about = { requestId, source: request.source, call: request.wants.call, tries, ...outcome };
  if (outcome.state === 'written') ports.log.info('the CRM did what it was asked', about);
  else ports.log.warn('the CRM did not do what it was asked', about);
};

export interface PutOff {
  detail: string;
  /** Whether the CRM may have heard of it. */
  wasCalled: boolean;
  /** It waits in its list until then; without it comes again by the queue. */
  retryAt: string | undefined;
}

/** It could not be done now. */
export const putOff = (ports: Ports, taken: Stored, { detail, wasCalled, retryAt }: PutOff, now: string) =>
  note(ports, taken, { detail, since: now, retryAt, tries: wasCalled ? taken.tries : taken.tries - 1 });
