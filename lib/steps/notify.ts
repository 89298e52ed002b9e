// Tells people: the rep that a lead is theirs, whom the clock names that time is short or up, an account's owner what goes on there,
// the person that they were heard. Each cause is told once; a mail whose fate is unknown is sent again rather than lost.
import type { PublishedOf } from '../../events/catalogue.ts';
import { dayOf } from '../domain/days.ts';
import { type Consumer, described } from '../ports.ts';
import type { TellingEvent } from '../table/done-shapes.ts';
import { consumeEvents } from './consume.ts';
import { sendHeld } from './notices/held.ts';
import { hearMailNews, mailNewsIn } from './notices/mailbox.ts';
import type { NotifyPorts } from './notices/send.ts';
import { tell } from './notices/tell.ts';
import { tellingsOf } from './notices/tellings.ts';

type NotifyEvent = TellingEvent | PublishedOf<'notices-due.v1'>;

/** Of a form sent twice, and of what wakes twice, one is enough. */
const keyOf = (event: NotifyEvent): string => {
  if (event.type === 'notices-due.v1') return event.recipientId;
  if (event.type === 'form-submitted.v1') return [event.leadId, event.formId, dayOf(event.occurredAt)].join('\n');
  return event.id;
};

const handle = async (ports: NotifyPorts, event: NotifyEvent): Promise<void> => {
  if (event.type === 'notices-due.v1') return sendHeld(ports, event.recipientId, event.id);
  const tellings = await tellingsOf(ports.table, await ports.playbook(), event, ports.clock.now());
  for (const telling of tellings) await tell(ports, event, telling);
};

/** Hears events, and what the mail service says of mails that were sent. */
export const createNotify = (ports: NotifyPorts): Consumer => {
  const hearEvents = consumeEvents(
    ports.log,
    [
      'lead-routed.v1',
      'sla-step-due.v1',
      'sla-stopped.v1',
      'form-submitted.v1',
      'account-surged.v1',
      'account-threshold-reached.v1',
      'notices-due.v1',
    ],
    keyOf,
    (event) => handle(ports, event),
  );
  return async (messages) => {
    const read = messages.map((message) => ({ message, news: mailNewsIn(message.body) }));
    const events = read.flatMap(({ message, news }) => (news === undefined ? [message] : []));
    const { failed } = await hearEvents(events);
    const unheard: string[] = [];
    for (const { message, news } of read) {
      try {
        if (news !== undefined) await hearMailNews(ports, news);
      } catch (error) {
        ports.log.error('news of a mail failed', { messageId: message.id, ...described(error) });
        unheard.push(message.id);
      }
    }
    return { failed: [...failed, ...unheard] };
  };
};
