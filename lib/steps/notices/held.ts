// Notices that wait until somebody may be reached. What is kept is what they are about, not their words: when it is time they are
// made anew, and what is no longer so is not told. Several that wait for the same moment go out as one mail.
import { recipientIdOf } from '../../domain/ids.ts';
import { digestOf, type Notice } from '../../domain/notices/notice.ts';
import { mayGoAt } from '../../domain/notices/when.ts';
import type { Write } from '../../ports.ts';
import type { TellingEvent } from '../../table/done-shapes.ts';
import { getAll } from '../../table/get-all.ts';
import { allOf, as, replacing, type StoredItem } from '../../table/items.ts';
import { heldNoticeKey, heldPartition, mailboxKey, noticeKey, wakeUpKey } from '../../table/keys.ts';
import { within } from '../../trace.ts';
import { retryConflicts } from '../retry-conflicts.ts';
import { hintAt, wakeUpWrite } from '../wake-ups.ts';
import { claim, claimedUntil, type Held, lookedForAfter } from './held-items.ts';
import { stopMailbox } from './mailbox.ts';
import { type NoticeState, noticeWrite } from './notice-writes.ts';
import { type NotifyPorts, send } from './send.ts';
import type { Telling } from './telling.ts';
import { tellingsOf } from './tellings.ts';

/** Has what is held for them looked at then, unless it is sooner. */
export const wakeAt = async (ports: NotifyPorts, recipientId: string, at: string): Promise<void> => {
  const name = `notices.${recipientId}`;
  const { table } = ports;
  const isSet = await retryConflicts(async () => {
    const stored = as('wake-up', await table.get(wakeUpKey(name)));
    if (stored?.listPk !== undefined && stored.at <= at) return false;
    await table.write(wakeUpWrite(stored, name, at, { type: 'notices-due.v1', recipientId }));
    return true;
  });
  if (isSet) await hintAt(ports, name, at);
};

const heldWrites = (
  { retention }: NotifyPorts,
  stored: StoredItem<'notice'> | undefined,
  event: TellingEvent,
  telling: Telling,
  { at, until }: { at: string; until: string },
): Write[] => {
  const { owner, noticeId, notice } = telling;
  const recipientId = recipientIdOf(notice.to);
  const key = heldNoticeKey(recipientId, until, noticeId);
  const held = lookedForAfter({ ...key, type: 'held-notice', recipientId, owner, noticeId, until, event });
  return [
    within(event.traceId, () => noticeWrite(retention, stored, telling, { outcome: 'held', at, until })),
    replacing(undefined, held),
  ];
};

export const hold = async (ports: NotifyPorts, event: TellingEvent, telling: Telling, until: string): Promise<void> => {
  const at = new Date(ports.clock.now()).toISOString();
  await ports.table.transact(heldWrites(ports, undefined, event, telling, { at, until }));
  // Afterwards: whoever wakes before this was written could not have seen it, and whoever wakes later does.
  await wakeAt(ports, recipientIdOf(telling.notice.to), until);
};

interface Due {
  held: Held;
  stored: StoredItem<'notice'> | undefined;
  /** As things are now; undefined where there is nothing to tell any more. */
  telling: Telling | undefined;
}

const removal = ({ pk, sk }: Held): Write => ({ remove: { pk, sk }, condition: { if: 'always' } });

const dropped = ({ held, stored }: Due, at: string): Write[] =>
  stored === undefined
    ? [removal(held)]
    : [removal(held), replacing(stored, { ...stored, outcome: 'dropped', at, until: undefined })];

const load = async ({ table, playbook }: NotifyPorts, held: readonly Held[], now: number): Promise<Due[]> => {
  const notices = allOf(
    'notice',
    await getAll(
      table,
      held.map(({ owner, noticeId }) => noticeKey(owner, noticeId)),
    ),
  );
  const live = await playbook();
  return Promise.all(
    held.map(async (one) => {
      const tellings = await tellingsOf(table, live, one.event, now);
      return {
        held: one,
        stored: notices.find(({ owner, noticeId }) => owner === one.owner && noticeId === one.noticeId),
        telling: tellings.find(({ noticeId }) => noticeId === one.noticeId),
      };
    }),
  );
};

/** One mail of all that is to be told; how it went. */
const sendDigest = async (
  ports: NotifyPorts,
  tellings: readonly [Telling, ...Telling[]],
  traces: readonly (string | undefined)[],
): Promise<NoticeState> => {
  const at = new Date(ports.clock.now()).toISOString();
  const [first, ...others] = tellings;
  const notices: [Notice, ...Notice[]] = [first.notice, ...others.map(({ notice }) => notice)];
  const mailbox = as('mailbox', await ports.table.get(mailboxKey(recipientIdOf(first.notice.to))));
  if (mailbox !== undefined) return { outcome: 'stopped', at, why: mailbox.stopped };
  const handed = await send(ports, digestOf(notices), first.noticeId, traces);
  if ('messageId' in handed) return { outcome: 'sent', at, messageId: handed.messageId };
  await stopMailbox(ports, { address: first.notice.to, stopped: 'bounce', why: handed.refused });
  return { outcome: 'refused', at, why: handed.refused };
};

/** What belongs to somebody else by now, who may have to wait for their own hours. */
const passOn = async (ports: NotifyPorts, { held, stored, telling }: Due & { telling: Telling }, now: number) => {
  const [at, until] = [now, mayGoAt(telling.when, telling.notice.to, await ports.playbook(), now)].map((moment) =>
    new Date(moment).toISOString(),
  ) as [string, string];
  await ports.table.transact([removal(held), ...heldWrites(ports, stored, held.event, telling, { at, until })]);
  await wakeAt(ports, recipientIdOf(telling.notice.to), until);
};

/** Gmail cuts mails off at 102 KB, and a lead takes up to 12. */
const mostInMail = 7;

const sendDue = async (ports: NotifyPorts, held: readonly Held[], eventId: string, now: number): Promise<void> => {
  const due = await load(ports, held, now);
  const standing = due.filter((one): one is Due & { telling: Telling } => one.telling !== undefined);
  const isTheirs = ({ held: { recipientId }, telling }: Due & { telling: Telling }) =>
    recipientIdOf(telling.notice.to) === recipientId;
  const [told, others] = [standing.filter(isTheirs), standing.filter((one) => !isTheirs(one))];
  for (const one of others) await passOn(ports, one, now);
  const playbook = await ports.playbook();
  const at = new Date(now).toISOString();
  const over = due.filter(({ telling }) => telling === undefined).flatMap((one) => dropped(one, at));
  // Somebody may have fallen ill since.
  const [first] = told;
  const until = first === undefined ? now : mayGoAt('in-hours', first.telling.notice.to, playbook, now);
  if (until > now) {
    const later = { at, until: new Date(until).toISOString() };
    const moved = told.flatMap((one) => [
      removal(one.held),
      ...heldWrites(ports, one.stored, one.held.event, one.telling, later),
    ]);
    return ports.table.transact([...over, ...moved]);
  }
  if (first === undefined) return over.length === 0 ? undefined : ports.table.transact(over);
  const [, ...further] = told;
  const theirs = told.map((one) => one.held);
  // Who took them meanwhile is seen when they are looked at again.
  if (!(await claim(ports.table, theirs, eventId, at))) return;
  const traces = theirs.map(({ event }) => event.traceId);
  const state = await sendDigest(ports, [first.telling, ...further.map(({ telling }) => telling)], traces);
  const noted = told.flatMap((one) => [
    removal(one.held),
    within(one.held.event.traceId, () => noticeWrite(ports.retention, one.stored, one.telling, state)),
  ]);
  await ports.table.transact([...over, ...noted]);
};

/** Sends what is held for somebody and due, because of that event, and has the rest looked at when that is. */
export const sendHeld = async (ports: NotifyPorts, recipientId: string, eventId: string): Promise<void> => {
  for (;;) {
    const now = ports.clock.now();
    const held = allOf('held-notice', await ports.table.query(heldPartition(recipientId), undefined, mostInMail));
    const due = held.filter(({ until }) => Date.parse(until) <= now);
    const taken = due.map((one) => claimedUntil(one, eventId, new Date(now).toISOString())).find((until) => until);
    const next = taken ?? (due.length === 0 ? held[0]?.until : undefined);
    if (next !== undefined) await wakeAt(ports, recipientId, next);
    if (next !== undefined || held.length === 0) return;
    await sendDue(ports, due, eventId, now);
  }
};
