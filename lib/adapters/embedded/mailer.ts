// The Mailer port: every mail rests in the outbox, where the demo's panel and replay read it; with an SMTP server
// given, it is handed over there first.
import { createTransport, type Transporter } from 'nodemailer';
import * as z from 'zod';
import type { KeptMails } from '../../mending.ts';
import type { Clock, Handed, Mail, Mailer } from '../../ports.ts';
import { refuseUnsafeHeader } from '../limits.ts';
import type { Database } from './database.ts';

export interface SentMail extends Mail {
  messageId: string;
  /** Milliseconds since 1970. */
  sentAt: number;
}
export interface EmbeddedMailer extends Mailer, KeptMails {
  /** The mails kept, oldest first. */
  outbox(): SentMail[];
}
export interface MailerOptions {
  /** `smtp://user:password@host:port`, and the sender it needs. */
  smtp?: { url: string; from: string } | undefined;
  /** How many mails the outbox keeps; 10,000 unless told. */
  keep?: number | undefined;
  /** For how many days; for good unless told. */
  keepDays?: number | undefined;
}

const smtpError = z.object({ command: z.string(), responseCode: z.number(), response: z.string() });

/** What the server said of a mailbox that is none: 550, 551 and 553 (RFC 5321, 4.2.3). Not where it has an objection to whoever
 * sends (5.7.x) or to how full the mailbox is (x.2.2): that may be mended, and says nothing of the address. */
const refusalIn = (error: unknown): string | undefined => {
  const { data } = smtpError.safeParse(error);
  if (data === undefined || data.command !== 'RCPT TO' || ![550, 551, 553].includes(data.responseCode))
    return undefined;
  return /\b5\.(7\.\d+|2\.2)\b/.test(data.response) ? undefined : data.response;
};

const handOver = async (transport: Transporter, { noticeId, traceIds = [], ...mail }: Mail): Promise<Handed> => {
  const headers = {
    'X-Muster-Notice': noticeId,
    ...(traceIds.length > 0 && { 'X-Muster-Trace': traceIds.join(', ') }),
  };
  try {
    return await transport.sendMail({ ...mail, headers });
  } catch (error) {
    const refused = refusalIn(error);
    if (refused === undefined) throw error;
    return { refused };
  }
};

export function createMailer(database: Database, clock: Clock, options: MailerOptions = {}): EmbeddedMailer {
  const { smtp, keep = 10_000 } = options;
  const transport = smtp && createTransport(smtp.url, { from: smtp.from });
  const insert = database.prepare('INSERT INTO outbox (sent_at, message_id, mail) VALUES (?, ?, ?)');
  const trim = database.prepare('DELETE FROM outbox WHERE id <= ?');
  const all = database.prepare('SELECT sent_at, message_id, mail FROM outbox ORDER BY id');
  const kept = database.prepare('SELECT id, mail FROM outbox ORDER BY id');
  const remove = database.prepare('DELETE FROM outbox WHERE id = ?');
  return {
    forget: (isAbout) =>
      database.write(() => {
        const rows = kept.all() as unknown as { id: number; mail: string }[];
        const theirs = rows.filter(({ mail }) => isAbout(JSON.parse(mail) as Mail));
        for (const { id } of theirs) remove.run(id);
        return theirs.length;
      }),

    async send(mail) {
      refuseUnsafeHeader('recipient', mail.to);
      refuseUnsafeHeader('subject', mail.subject);
      refuseUnsafeHeader('notice id', mail.noticeId);
      for (const traceId of mail.traceIds ?? []) refuseUnsafeHeader('trace', traceId);
      const { to, subject, text, html, noticeId, traceIds } = mail;
      // Handed over, then noted: a crash between the two sends the mail twice rather than never.
      const handed = transport && (await handOver(transport, { to, subject, text, html, noticeId, traceIds }));
      if (handed !== undefined && 'refused' in handed) return handed;
      const messageId = handed?.messageId ?? `outbox-${noticeId}`;
      const kept = JSON.stringify({ to, subject, text, html, noticeId, traceIds });
      await database.write(() => {
        const { lastInsertRowid } = insert.run(clock.now(), messageId, kept);
        trim.run(Number(lastInsertRowid) - keep);
      });
      return { messageId };
    },
    outbox: () =>
      (all.all() as unknown as { sent_at: number; message_id: string; mail: string }[]).map((row) => ({
        ...(JSON.parse(row.mail) as Mail),
        messageId: row.message_id,
        sentAt: row.sent_at,
      })),
  };
}
