// Mailboxes that are not to be written to any more: their server said they are none, or whoever has one said our mail is spam.
import * as z from 'zod';
import { recipientIdOf } from '../../domain/ids.ts';
import { ConflictError } from '../../ports.ts';
import { replacing } from '../../table/items.ts';
import { mailboxKey } from '../../table/keys.ts';
import type { NotifyPorts } from './send.ts';

interface Stopping {
  address: string;
  stopped: 'bounce' | 'complaint';
  why: string;
  /** The mail after which it was. */
  messageId?: string;
}

/** A server put right, or an address put right behind it, takes mail again: one that bounced is tried once a week. Who complained is not. */
const bouncedForSeconds = 7 * 86_400;

/** The first reason stays: it says which mail began it. */
export const stopMailbox = async (
  { table, clock, log, meter }: Pick<NotifyPorts, 'table' | 'clock' | 'log' | 'meter'>,
  { address, stopped, why, messageId }: Stopping,
): Promise<void> => {
  const recipientId = recipientIdOf(address);
  const now = clock.now();
  const at = new Date(now).toISOString();
  const ttl = stopped === 'bounce' ? { ttl: Math.floor(now / 1_000) + bouncedForSeconds } : {};
  const said = { ...ttl, stopped, at, why: why.slice(0, 300), ...(messageId !== undefined && { messageId }) };
  try {
    await table.write(replacing(undefined, { ...mailboxKey(recipientId), type: 'mailbox', recipientId, ...said }));
    log.warn('a mailbox takes no more mail', { recipientId, stopped });
    meter?.record({ MailboxStopped: 1 });
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
};

// What SES puts on the default bus ("Email Bounced", "Email Complaint Received"), as far as it matters here:
// docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html. Each of our mails has one recipient.
const mailNews = z.lazy(() => {
  const mail = z.object({ messageId: z.string(), destination: z.array(z.string().max(320)).min(1).max(50) });
  return z.discriminatedUnion('eventType', [
    z.object({
      eventType: z.literal('Bounce'),
      mail,
      bounce: z.object({ bounceType: z.string(), bounceSubType: z.string().default('') }),
    }),
    z.object({
      eventType: z.literal('Complaint'),
      mail,
      complaint: z.object({ complaintFeedbackType: z.string().optional() }),
    }),
  ]);
});
type MailNews = z.infer<typeof mailNews>;

/** Undefined where the message is nothing of the mail service's. */
export const mailNewsIn = (body: string): MailNews | undefined => {
  if (!body.includes('"eventType"')) return undefined;
  try {
    return mailNews.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
};

/** Only what lasts: a full mailbox is emptied, and `not-spam` is the opposite of a complaint. */
const stoppingOf = (news: MailNews): Pick<Stopping, 'stopped' | 'why'> | undefined => {
  if (news.eventType === 'Bounce') {
    const { bounceType, bounceSubType } = news.bounce;
    return bounceType === 'Permanent' ? { stopped: 'bounce', why: `${bounceType} ${bounceSubType}`.trim() } : undefined;
  }
  const { complaintFeedbackType = 'complaint' } = news.complaint;
  return complaintFeedbackType === 'not-spam' ? undefined : { stopped: 'complaint', why: complaintFeedbackType };
};

export const hearMailNews = async (ports: NotifyPorts, news: MailNews): Promise<void> => {
  const stopping = stoppingOf(news);
  if (stopping === undefined) return;
  if (stopping.stopped === 'bounce') ports.meter?.record({ MailBounced: 1 });
  const { messageId, destination } = news.mail;
  for (const address of destination) await stopMailbox(ports, { address, messageId, ...stopping });
};
