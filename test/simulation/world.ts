// The whole embedded system in memory on a virtual clock, and what stands in its table as one document.

import { type Muster, openMuster } from '../../cli/embedded.ts';
import type { Captured } from '../../events/catalogue.ts';
import { createVirtualClock } from '../../lib/adapters/embedded/clock.ts';
import type { RuntimeOptions } from '../../lib/adapters/embedded/runtime.ts';
import { isEmpty } from '../../lib/domain/facts/facts.ts';
import type { Playbook } from '../../lib/domain/playbook/playbook.ts';
import type { Item, Log } from '../../lib/ports.ts';
import { savePlaybook } from '../../lib/steps/playbooks.ts';
import { allOf, membersOf } from '../../lib/table/items.ts';
import { linesOf } from '../../lib/table/trail.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { message } from './lines.ts';

export const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

export interface World extends Muster {
  /** Sends lines to an intake queue, one message each unless grouped. */
  send(lines: readonly (Captured | readonly Captured[])[], queue?: 'prompt' | 'hits'): Promise<void>;
  /** Sends and works until nothing is left to do now. */
  deliver(lines: readonly (Captured | readonly Captured[])[], queue?: 'prompt' | 'hits'): Promise<void>;
  advanceTo(moment: string): Promise<void>;
  items(): Item[];
  close(): Promise<void>;
}

export const openWorld = async (
  start: string,
  {
    playbook = testPlaybook(),
    log = silent,
    ...options
  }: { playbook?: Playbook; log?: Log } & Pick<RuntimeOptions, 'batchSizes' | 'sweepEveryMs'> &
    Pick<
      Parameters<typeof openMuster>[0],
      'crms' | 'outside' | 'secrets' | 'retention' | 'wrapPorts' | 'wrapConsumer'
    > & { path?: string } = {},
): Promise<World> => {
  const clock = createVirtualClock(Date.parse(start));
  const muster = openMuster({ path: ':memory:', clock, log, ...options });
  const { embedded, runtime } = muster;
  await savePlaybook(embedded, 'test', playbook);
  const send: World['send'] = (lines, queue = 'prompt') =>
    embedded.queues.queue(queue).send(lines.map((line) => message(Array.isArray(line) ? line : [line as Captured])));
  return {
    ...muster,
    send,
    deliver: async (lines, queue) => {
      await send(lines, queue);
      await runtime.settle();
    },
    advanceTo: (moment) => runtime.advanceTo(Date.parse(moment)),
    items: () =>
      (embedded.database.prepare('SELECT data FROM items ORDER BY pk, sk').all() as { data: string }[]).map(
        ({ data }) => JSON.parse(data) as Item,
      ),
    close: () => embedded.close(),
  };
};

const byKey = <Value>(entries: [string, Value][]): Record<string, Value> =>
  Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));

const dealsIn = (type: 'opportunity' | 'contract', items: readonly Item[]): Record<string, object> =>
  byKey(allOf(type, items).flatMap(({ gone, pk, sk, facts }) => (gone ? [] : [[`${pk} ${sk}`, facts]])));

/** Everything that must follow from the set of captured lines alone: no versions, no times of assessment, nothing of
 * owners, clocks and notices, which depend on when the news came. */
export const stateOf = (items: readonly Item[]) => {
  const listed = new Set(items.filter(({ listPk }) => listPk === 'ACCOUNTS').map(({ accountId }) => accountId));
  return {
    people: byKey(
      allOf('lead', items)
        .filter(({ match }) => match !== undefined)
        .map(({ leadId, email, own, parts, match, matching }) => [
          leadId,
          {
            email,
            own,
            parts: byKey(
              Object.entries(parts).flatMap(([id, { state }]) => (state === undefined ? [] : [[id, state]])),
            ),
            match,
            review: matching?.review?.reason,
            beside: matching?.beside,
          },
        ]),
    ),
    identities: byKey(
      allOf('lead', items)
        .filter(({ kind }) => kind !== 'email')
        .map(({ leadId, own, links, aliases = {}, heir, fate, mergedWith }) => [
          leadId,
          {
            ...{ own, heir, fate, mergedWith },
            ...{ links: byKey(Object.entries(links)), aliases: byKey(Object.entries(aliases)) },
          },
        ]),
    ),
    decided: byKey(
      allOf('lead', items)
        .map(
          ({
            leadId,
            decisions = {},
            byRecords = {},
            mergedInto,
          }): [string, { decisions: object; byRecords: object; mergedInto: string | undefined }] => [
            leadId,
            { decisions: byKey(Object.entries(decisions)), byRecords, mergedInto },
          ],
        )
        .filter(([, decided]) => JSON.stringify(decided) !== '{"decisions":{},"byRecords":{}}'),
    ),
    members: byKey(
      membersOf(items).map(({ accountId, leadId, email, emailKind, mailDomain, anonymous, match, state, records }) => [
        `${accountId} ${leadId}`,
        { email, emailKind, mailDomain, anonymous, match, state, records },
      ]),
    ),
    /** Of a name of which nothing counts it hangs on what came first. */
    kept: byKey([
      ...[
        ...membersOf(items),
        ...allOf('trail', items),
        ...allOf('lead', items).filter(({ own }) => !isEmpty(own.facts)),
      ]
        .filter(({ ttl }) => ttl !== undefined)
        .map(({ pk, sk, ttl }): [string, number | undefined] => [`${pk} ${sk}`, ttl]),
    ]),
    accounts: byKey(allOf('account', items).map(({ accountId, facts }) => [accountId, facts])),
    deals: byKey(allOf('deal', items).map(({ dealId, is, facts, placedIn }) => [dealId, { is, facts, placedIn }])),
    ...{ opportunities: dealsIn('opportunity', items), contracts: dealsIn('contract', items) },
    domains: byKey(allOf('domain', items).map(({ domain, claims }) => [domain, byKey(Object.entries(claims))])),
    trails: byKey(allOf('trail', items).map((item) => [`${item.pk} ${item.sk}`, linesOf(item)])),
    accountAssessments: byKey(
      allOf('account-assessment', items)
        .filter(({ accountId }) => listed.has(accountId))
        .map(({ accountId, assessment }) => [accountId, assessment]),
    ),
    leadAssessments: byKey(
      allOf('lead-assessment', items)
        .filter(({ gone }) => !gone)
        .map(({ pk, sk, assessment }) => [`${pk} ${sk}`, assessment]),
    ),
    quarantined: allOf('quarantine', items).map(({ line, reason }) => [line.id, reason]),
  };
};
export type State = ReturnType<typeof stateOf>;
