// Goes through all that is stored and takes people out of it: items, timers, mails that are kept, and what lies with the dead letters.
import * as z from 'zod';
import { type Captured, captured } from '../../../../events/catalogue.ts';
import { hasAddressOf } from '../../../domain/addresses-in-text.ts';
import { isBack } from '../../../domain/erased.ts';
import { mentions, withoutContacts } from '../../../domain/mentions.ts';
import { nameOf } from '../../../domain/person-name.ts';
import { withoutWordsAbout } from '../../../domain/words-about.ts';
import { ConflictError, type Item, type Table, type Write } from '../../../ports.ts';
import { getAll } from '../../../table/get-all.ts';
import { allOf, as, membersOf, replacing, type StoredItem } from '../../../table/items.ts';
import { accountPartition, leadKey, loadKey } from '../../../table/keys.ts';
import type { OperatePorts } from '../slice.ts';
import { forgetName } from './forget-name.ts';
import { takenOutOf, type Without } from './without.ts';

/** Their lead's item, as it stands now, says whether they came back. */
export const backAmong = async (table: Table, ids: ReadonlySet<string>): Promise<Set<string>> => {
  const leads = [...ids].filter((id) => !id.startsWith('rcpt_'));
  return new Set(
    allOf('lead', await getAll(table, leads.map(leadKey)))
      .filter(isBack)
      .map(({ leadId }) => leadId),
  );
};

/** A lead that counted among somebody's open ones counts no more. */
const alongWith = async (table: Table, item: Item): Promise<Write[]> => {
  const { open, owner } = item.type === 'assignment' ? (item as StoredItem<'assignment'>) : {};
  if (!open || owner === undefined) return [];
  const load = as('load', await table.get(loadKey(owner.email)));
  return load === undefined ? [] : [replacing(load, { ...load, open: Math.max(0, load.open - 1) })];
};

const timerOf = (item: Item): string | undefined => {
  if (item.type === 'sla') return `${(item as StoredItem<'sla'>).clock.assignmentId}.next`;
  return item.type === 'wake-up' ? `wake-up.${(item as StoredItem<'wake-up'>).name}` : undefined;
};

const named = /^(?:A customer; )?.+?: /;
const byErased = 'By what somebody did who was erased.';

/** An account's history names who made its status change: those who are no members of it any more lose that. */
const historyWithout = async (table: Table, item: StoredItem<'account-assessment'>): Promise<Write | undefined> => {
  if (!item.history.some(({ reason }) => reason !== byErased && named.test(reason))) return undefined;
  const members = membersOf(await table.query(item.pk, 'MEMBER#'));
  const others = members.flatMap((member) => [`${nameOf(member)}: `, `A customer; ${nameOf(member)}: `]);
  const history = item.history.map((change) =>
    !named.test(change.reason) || others.some((name) => change.reason.startsWith(name))
      ? change
      : { ...change, reason: byErased },
  );
  return history.every((change, index) => change === item.history[index])
    ? undefined
    : replacing(item, { ...item, history });
};

const writeFor = async (table: Table, without: Without, item: Item): Promise<Write | undefined> => {
  const write = takenOutOf(without, item);
  if (write !== undefined || !without.accounts.has(item.pk.slice('ACCOUNT#'.length))) return write;
  const judged = allOf('account-assessment', [item])[0];
  return judged && historyWithout(table, judged);
};

/** Who is in these accounts besides. */
export const colleaguesIn = async (
  table: Table,
  accounts: ReadonlySet<string>,
  ids: ReadonlySet<string>,
): Promise<Set<string>> => {
  const members = await Promise.all(
    [...accounts].map((accountId) => table.query(accountPartition(accountId), 'MEMBER#')),
  );
  return new Set(
    allOf('member', members.flat())
      .map(({ leadId }) => leadId)
      .filter((leadId) => !ids.has(leadId)),
  );
};

/** What hangs on it goes first: should this stop in between, the item is found again. */
const takeOut = async (ports: OperatePorts, without: Without, found: Item): Promise<boolean> => {
  const { table, timers, mails } = ports;
  let current: Item | undefined = found;
  for (let tries = 0; tries < 20; tries += 1) {
    const write: Write | undefined = current && (await writeFor(table, without, current));
    if (current === undefined || write === undefined) return false;
    const timer = timerOf(current);
    if (timer !== undefined && 'remove' in write) await timers.cancel(timer);
    const [asking] = allOf('asking-lead', [current]);
    if (asking !== undefined) await forgetName(table, without.ids, asking);
    const { noticeId } = current as Partial<StoredItem<'notice'>>;
    if (current.type === 'notice') await mails?.forget((mail) => mail.noticeId === noticeId);
    const writes = 'remove' in write ? [write, ...(await alongWith(table, current))] : [write];
    try {
      if (writes.length === 1) await table.write(write);
      else await table.transact(writes);
      return true;
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      current = await table.get({ pk: found.pk, sk: found.sk });
    }
  }
  throw new ConflictError('an item is written all the time');
};

/** Takes them out of these items; answers of how many of each kind. */
export const sweepItems = async (
  ports: OperatePorts,
  without: Without,
  items: readonly Item[],
): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const item of items) {
    if (await takeOut(ports, without, item)) counts[item.type] = (counts[item.type] ?? 0) + 1;
  }
  return counts;
};

const batch = z.array(captured);

/** Of a message that died: without their lines; undefined where nothing is left. What cannot be read goes if it names them. */
const letterWithout =
  ({ ids, at }: Pick<Without, 'ids' | 'at'>) =>
  (body: string): string | undefined => {
    let document: unknown;
    try {
      document = JSON.parse(body);
    } catch {
      return mentions(ids, body) ? undefined : body;
    }
    const lines = batch.safeParse(document);
    if (!lines.success) return mentions(ids, body) ? undefined : body;
    const kept = lines.data.flatMap((line: Captured) =>
      line.occurredAt > at ? line : (withoutWordsAbout(ids, withoutContacts(ids, line)) ?? []),
    );
    if (kept.length === lines.data.length && kept.every((line, index) => line === lines.data[index])) return body;
    return kept.length === 0 ? undefined : JSON.stringify(kept);
  };

/** Answers how many letters changed, and the queues that have more than could be looked through. */
export const sweepLetters = async ({ deadLetters }: OperatePorts, without: Without) => {
  let letters = 0;
  const tooMany: string[] = [];
  for (const queue of deadLetters.queues) {
    const { changed, isAll } = await deadLetters.rewrite(queue, letterWithout(without));
    letters += changed;
    if (!isAll) tooMany.push(queue);
  }
  return { letters, tooMany };
};

/** Mails to them, and those that have their address. */
export const sweepMails = async ({ mails }: OperatePorts, { ids }: Without): Promise<number> =>
  (await mails?.forget((mail) => hasAddressOf(ids, JSON.stringify(mail)))) ?? 0;
