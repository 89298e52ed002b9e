// Folds what the CRM says of a company: its fields, the domains it claims, and the leads and deals that have to move because of that.
import type { Captured } from '../../../events/catalogue.ts';
import { type AccountFacts, hearAccount } from '../../domain/account.ts';
import { eventIdOf } from '../../domain/ids.ts';
import type { CrmRef } from '../../domain/journal/subjects.ts';
import { sitesNamed } from '../../domain/mail-domains.ts';
import { ownerSaid } from '../../domain/routing/crm-owner.ts';
import type { Key } from '../../ports.ts';
import { getAll } from '../../table/get-all.ts';
import { isSame } from '../../table/is-same.ts';
import { allOf, as, type NewItem, replacing } from '../../table/items.ts';
import { accountKey, crmOwnedList, ownedList, trailKey } from '../../table/keys.ts';
import { concernedBy, concernedDeals, domainsTakenIn, mergedAround } from '../matching/concerned.ts';
import {
  fileAccount,
  markFiled,
  markRematched,
  type Refiled,
  rematchedUpTo,
  withNewFacts,
} from '../matching/file-account.ts';
import { type Listed, listNewcomers } from '../matching/list-accounts.ts';
import { retryConflicts } from '../retry-conflicts.ts';
import { placeDealsAnew } from './fold-deal.ts';
import { isUnchanged } from './fold-identity.ts';
import type { Folding } from './folding.ts';
import { type Progress, rematchAll, rematchVisitors } from './rematch.ts';
import { daysToRead, writeTrail } from './write-trail.ts';

interface AccountWork {
  accountId: string;
  record: CrmRef;
  lines: readonly Captured[];
}

/** In the list of whoever owns it by the CRM, as that names them. */
const ownersListOf = (accountId: string, facts: AccountFacts) => {
  const said = ownerSaid(facts);
  if (said === undefined) return { listPk: undefined, listSk: undefined };
  const listPk = said.email === undefined ? crmOwnedList(said.source, said.id) : ownedList(said.email);
  return { listPk, listSk: `${said.at}#${accountId}` };
};

/** Decides the account's next facts and writes them with their event, if they differ; once more if somebody else wrote it. */
const hearLines = ({ table, now: at }: Folding, { accountId, record, lines }: AccountWork): Promise<void> =>
  retryConflicts(async () => {
    const key = accountKey(accountId);
    const stored = as('account', await table.get(key));
    const facts = lines.reduce((known, line) => {
      if (line.type !== 'crm-change-captured.v1' || line.change.object !== 'account') return known;
      return hearAccount(known, line, line.change, sitesNamed(line.change.domains));
    }, stored?.facts ?? {});
    const next: NewItem<'account'> = {
      ...{ ...key, type: 'account', accountId, record, facts },
      ...withNewFacts(accountId, facts, stored),
      ...ownersListOf(accountId, facts),
    };
    if (isUnchanged(stored, next)) return;
    const id = eventIdOf('account-changed', key.pk, key.sk, String((stored?.version ?? 0) + 1));
    const changed = { type: 'account-changed.v1' as const, id, at, accountId, what: 'account' as const };
    await table.write(replacing(stored, next, [changed]));
  });

/** Has all matched and placed again who are concerned; answers whether nobody has changed the account meanwhile. */
const follow = async (
  folding: Folding,
  refiled: Refiled,
  leads: ReadonlySet<string>,
  progress: Progress,
): Promise<boolean> => {
  const { table } = folding;
  if (!(await rematchAll(folding, leads, progress))) return false;
  if (refiled.hasOtherFate) await placeDealsAnew(folding, await concernedDeals(table, refiled));
  if (refiled.hasOtherDomains || refiled.hasOtherFate) {
    const others = await mergedAround(table, refiled.mergedInto);
    const takenIn = refiled.hasOtherFate ? await domainsTakenIn(table, refiled) : [];
    const { account, domains } = refiled;
    await rematchVisitors(folding, new Set([...domains, ...takenIn]), [account.accountId, ...others]);
  }
  return markFiled(table, refiled);
};

const fromTheStart: Progress = { upTo: '', note: async () => true };

/** Whoever changes the account while it is followed sees to everybody anew, but perhaps before we write what we had read until then:
 * so once more as long as that happens. */
const settleAccount = async (folding: Folding, accountId: string, listed: Listed): Promise<void> => {
  const { table, playbook } = folding;
  const refiled = await fileAccount(table, accountId, listed);
  if (refiled === undefined) return;
  const leads = await concernedBy(table, refiled, playbook.matching);
  const note = (upTo: string) => markRematched(table, refiled, upTo);
  let isFollowed = await follow(folding, refiled, leads, { upTo: rematchedUpTo(refiled), note });
  for (let seen: AccountFacts | undefined; !isFollowed; ) {
    const facts = as('account', await table.get(accountKey(accountId)))?.facts;
    if (seen !== undefined && isSame(facts, seen)) return;
    seen = facts;
    isFollowed = await follow(folding, refiled, leads, fromTheStart);
  }
};

const hearAccountLines = async (folding: Folding, work: AccountWork): Promise<void> => {
  const { accountId, lines } = work;
  await retryConflicts(async () => {
    const keyOf = (day: string, overflow?: string) => trailKey(accountId, day, overflow);
    const stored = await getAll(
      folding.table,
      daysToRead(lines).map((day) => keyOf(day)),
    );
    await writeTrail(folding.table, accountId, keyOf, lines, stored);
  });
  await hearLines(folding, work);
};

/** Each with what runs it and notes whether it failed. */
export type AccountTask = AccountWork & { attempt: (fold: () => Promise<void>) => Promise<boolean> };

/** Accounts that are folded together: the more, the less often each list is written. Of 10,000 of one file, 1,000 at a time took a
 * quarter more than 4,000. */
const together = 4_000;

/** Those of them that are side by side, and share their commits. Hearing, each writes items of its own. Settling, they meet at a
 * domain all of them name, or at whoever asks for all of them: 16 took twice the time for 321 that named one domain. */
const heardAtOnce = 16;
const settledAtOnce = 4;

const inTurns = async (
  tasks: readonly AccountTask[],
  atOnce: number,
  fold: (task: AccountTask) => Promise<void>,
): Promise<AccountTask[]> => {
  const done: AccountTask[] = [];
  for (let from = 0; from < tasks.length; from += atOnce) {
    const turn = tasks.slice(from, from + atOnce);
    const worked = await Promise.all(turn.map((task) => task.attempt(() => fold(task))));
    done.push(...turn.filter((_, at) => worked[at]));
  }
  return done;
};

const noneListed: Listed = new Map();

const listTogether = async (table: Folding['table'], keys: readonly Key[]): Promise<Listed> =>
  listNewcomers(table, allOf('account', await getAll(table, keys)));

/** What was heard of each is written before any is filed, so that those of one list can be listed at once. */
export const foldAccounts = async (folding: Folding, tasks: readonly AccountTask[]): Promise<void> => {
  const { table } = folding;
  for (let from = 0; from < tasks.length; from += together) {
    const some = tasks.slice(from, from + together);
    const heard = await inTurns(some, heardAtOnce, (task) => hearAccountLines(folding, task));
    const keys = heard.map(({ accountId }) => accountKey(accountId));
    // Whom it fails to list, filing lists: it only saves that work.
    const listed = heard.length > 1 ? await listTogether(table, keys).catch(() => noneListed) : noneListed;
    await inTurns(heard, settledAtOnce, ({ accountId }) => settleAccount(folding, accountId, listed));
  }
};
