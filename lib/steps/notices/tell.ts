// Tells one person one thing: now, or held until they may be reached; never twice, and never who is not to be mailed any more.
// Sent, then noted, so that a repeat sees it. If the process dies in between, the mail goes out a second time rather than never: one
// repeat per crash at that very moment, which no mail service lets anybody rule out.
import { recipientIdOf } from '../../domain/ids.ts';
import { mailingOf } from '../../domain/notices/notice.ts';
import { mayGoAt } from '../../domain/notices/when.ts';
import { ConflictError } from '../../ports.ts';
import type { TellingEvent } from '../../table/done-shapes.ts';
import { as } from '../../table/items.ts';
import { mailboxKey, noticeKey } from '../../table/keys.ts';
import { hold, wakeAt } from './held.ts';
import { stopMailbox } from './mailbox.ts';
import { type NoticeState, noticeWrite } from './notice-writes.ts';
import { type NotifyPorts, send } from './send.ts';
import type { Telling } from './telling.ts';
import { at } from './told.ts';

/** Of what several events ask for the first has it; should it fail, it comes again. */
const claim = async ({ table, clock, retention }: NotifyPorts, telling: Telling, eventId: string): Promise<boolean> => {
  const state = { outcome: 'claimed', at: new Date(clock.now()).toISOString(), claimedBy: eventId } as const;
  try {
    await table.write({ ...noticeWrite(retention, undefined, telling, state), condition: { if: 'absent' } });
    return true;
  } catch (error) {
    if (error instanceof ConflictError) return false;
    throw error;
  }
};

export const tell = async (ports: NotifyPorts, event: TellingEvent, telling: Telling): Promise<void> => {
  const { table, clock, log } = ports;
  const { owner, noticeId, notice, when } = telling;
  const recipientId = recipientIdOf(notice.to);
  const keys = [noticeKey(owner, noticeId), mailboxKey(recipientId)] as const;
  const items = await table.getMany(keys);
  const stored = as('notice', at(items, keys[0]));
  const isMine = stored?.outcome === 'claimed' && stored.claimedBy === event.id;
  if (stored !== undefined && !isMine) {
    // It may have died before it set the alarm.
    if (stored.outcome === 'held' && stored.until !== undefined) await wakeAt(ports, recipientId, stored.until);
    return;
  }
  const now = clock.now();
  const note = (state: NoticeState) => table.write(noticeWrite(ports.retention, stored, telling, state));
  const iso = new Date(now).toISOString();
  const mailbox = as('mailbox', at(items, keys[1]));
  if (mailbox !== undefined) {
    log.warn('a mailbox that takes no more mail was not written to', { recipientId, noticeId });
    return note({ outcome: 'stopped', at: iso, why: mailbox.stopped });
  }
  const until = mayGoAt(when, notice.to, await ports.playbook(), now);
  if (until > now) return hold(ports, event, telling, new Date(until).toISOString());
  if (telling.shared && !isMine && !(await claim(ports, telling, event.id))) return;
  const handed = await send(ports, mailingOf(notice), noticeId);
  if ('messageId' in handed) return note({ outcome: 'sent', at: iso, messageId: handed.messageId });
  await stopMailbox(ports, { address: notice.to, stopped: 'bounce', why: handed.refused });
  await note({ outcome: 'refused', at: iso, why: handed.refused });
};
