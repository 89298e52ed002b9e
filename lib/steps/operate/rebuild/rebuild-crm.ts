// Makes what the CRM says of an account, an opportunity or a contract anew from its trail. Where that was different, its last line is
// folded once more: filing, snapshots and whoever is concerned then follow.
import type { Captured } from '../../../../events/catalogue.ts';
import { type AccountFacts, hearAccount } from '../../../domain/account.ts';
import { type Deal, hearDeal } from '../../../domain/deals.ts';
import { eventIdOf } from '../../../domain/ids.ts';
import { sitesNamed } from '../../../domain/mail-domains.ts';
import type { Table } from '../../../ports.ts';
import { getAll } from '../../../table/get-all.ts';
import { isSame } from '../../../table/is-same.ts';
import { allOf, as, outboxOf, type StoredItem } from '../../../table/items.ts';
import { accountKey, contractKey, dealKey, opportunityKey, trailKey } from '../../../table/keys.ts';
import { packed } from '../../../table/packing.ts';
import { linesOf } from '../../../table/trail.ts';
import { captureLines } from '../../capture.ts';
import { withNewFacts } from '../../matching/file-account.ts';
import { retryConflicts } from '../../retry-conflicts.ts';
import type { OperatePorts } from '../slice.ts';
import { type Outcome, versionAfter, write } from './rebuild-lead.ts';

const changesOf = async (table: Table, owner: string) => {
  const items = await table.query(trailKey(owner, '').pk, 'TRAIL#');
  const lines: Captured[] = allOf('trail', items).flatMap(linesOf);
  return lines.filter((line) => line.type === 'crm-change-captured.v1');
};

const accountOnce = async (ports: OperatePorts, accountId: string, named: boolean): Promise<Outcome> => {
  const { table, clock } = ports;
  const key = accountKey(accountId);
  const stored = as('account', await table.get(key));
  const lines = await changesOf(table, accountId);
  const [last] = lines.slice(-1);
  if (last === undefined) return 'nothing there';
  const facts = lines.reduce<AccountFacts>(
    (known, line) =>
      line.change.object === 'account' ? hearAccount(known, line, line.change, sitesNamed(line.change.domains)) : known,
    {},
  );
  const record = { source: last.source, externalId: last.change.externalId };
  const isSound = stored !== undefined && isSame(stored.facts, facts) && isSame(stored.record, record);
  if (isSound && !named) return 'same';
  const version = versionAfter(stored, 0, clock.now());
  const at = new Date(clock.now()).toISOString();
  const id = eventIdOf('account-changed', key.pk, key.sk, String(version));
  const changed = { type: 'account-changed.v1' as const, id, at, accountId, what: 'account' as const };
  // Filed anew, whatever it was filed as.
  const { filedAs: _, ...filing } = withNewFacts(accountId, facts, stored);
  const item = { ...key, type: 'account', accountId, record, facts, ...filing, ...outboxOf([changed]), version };
  const condition =
    stored === undefined ? ({ if: 'absent' } as const) : ({ if: 'version', is: stored.version } as const);
  await table.write({ put: packed(item), condition });
  await captureLines({ queue: ports.prompt }, [last]);
  return isSound ? 'same' : 'mended';
};

const snapshotKey = { opportunity: opportunityKey, contract: contractKey } as const;

/** As with a lead's: the version of a snapshot that does not say what the deal does. */
const amiss = async (table: Table, deal: StoredItem<'deal'> | undefined): Promise<number> => {
  if (deal?.placedIn === undefined) return 0;
  const snapshot = await table.get(snapshotKey[deal.is](deal.placedIn, deal.dealId));
  if (snapshot === undefined) return 1;
  const fits = snapshot.dealVersion === deal.version && !snapshot.gone && isSame(snapshot.facts, deal.facts);
  return fits ? 0 : Math.max(Number(snapshot.dealVersion), 1);
};

/** The accounts it was ever said to be with. */
const accountsIn = (changes: Awaited<ReturnType<typeof changesOf>>): Set<string> =>
  new Set(changes.flatMap((line) => hearDeal(undefined, line)?.facts.account?.value ?? []));

/** Where it still stands though it is elsewhere. */
const leftBehind = async (
  table: Table,
  { is, dealId, placedIn }: Pick<StoredItem<'deal'>, 'is' | 'dealId' | 'placedIn'>,
  named: Set<string>,
) => {
  const keys = [...named].filter((accountId) => accountId !== placedIn).map((id) => snapshotKey[is](id, dealId));
  return (await getAll(table, keys)).filter(({ gone }) => !gone);
};

const dealOnce = async (ports: OperatePorts, dealId: string): Promise<Outcome> => {
  const { table, clock } = ports;
  const stored = as('deal', await table.get(dealKey(dealId)));
  const lines = await changesOf(table, dealId);
  const [last] = lines.slice(-1);
  const deal = lines.reduce<Deal | undefined>(hearDeal, undefined);
  if (last === undefined || deal === undefined) return 'nothing there';
  const record = { source: last.source, externalId: last.change.externalId };
  const isSound =
    stored !== undefined && stored.is === deal.is && isSame(stored.facts, deal.facts) && isSame(stored.record, record);
  const left = await leftBehind(table, { placedIn: undefined, ...stored, is: deal.is, dealId }, accountsIn(lines));
  const least = Math.max(await amiss(table, stored), ...left.map(({ dealVersion }) => Number(dealVersion)));
  if (isSound && least === 0) return 'same';
  const version = versionAfter(stored, least + 1, clock.now());
  const movedFrom = { ...stored?.movedFrom, ...Object.fromEntries(left.map(({ accountId }) => [accountId, version])) };
  const next = { ...stored, movedFrom, ...dealKey(dealId), type: 'deal', dealId, record, ...deal };
  await write(table, stored, next, version);
  await captureLines({ queue: ports.prompt }, [last]);
  return 'mended';
};

export const rebuildAccount = (ports: OperatePorts, accountId: string, named = false): Promise<Outcome> =>
  retryConflicts(() => accountOnce(ports, accountId, named));

export const rebuildDeal = (ports: OperatePorts, dealId: string): Promise<Outcome> =>
  retryConflicts(() => dealOnce(ports, dealId));
