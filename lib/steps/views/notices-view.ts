// What people were told, and what became of each mail. Without the links: who may read may not act.
import { recipientIdOf } from '../../domain/ids.ts';
import { htmlOf, mailingOf, textOf } from '../../domain/notices/notice.ts';
import type { Table } from '../../ports.ts';
import { getAll } from '../../table/get-all.ts';
import { allOf, type StoredItem } from '../../table/items.ts';
import { mailboxKey, noticesPartition } from '../../table/keys.ts';

type Mailbox = StoredItem<'mailbox'>;

/** A mail that was sent may come back days later, which stands with the mailbox. */
const stateOf = ({ outcome, messageId }: StoredItem<'notice'>, mailbox: Mailbox | undefined) => {
  if (outcome !== 'sent' || mailbox === undefined || mailbox.messageId !== messageId) return outcome;
  return mailbox.stopped === 'bounce' ? 'bounced' : 'complained';
};

/** Of an account and its people, oldest first. */
export const noticesView = async (table: Table, owners: readonly string[]) => {
  const items = await Promise.all(owners.map((owner) => table.query(noticesPartition(owner))));
  const notices = allOf('notice', items.flat());
  const recipients = [...new Set(notices.map(({ notice }) => recipientIdOf(notice.to)))];
  const mailboxes = new Map(
    allOf('mailbox', await getAll(table, recipients.map(mailboxKey))).map((one) => [one.recipientId, one]),
  );
  return notices
    .map((stored) => {
      const { noticeId, notice, at, until = null, why = null } = stored;
      const mailing = mailingOf(notice);
      const mailbox = mailboxes.get(recipientIdOf(notice.to));
      return {
        ...{ noticeId, kind: notice.kind, to: notice.to, subject: notice.subject },
        ...{ text: textOf(mailing), html: htmlOf(mailing) },
        /** held, sent, stopped, refused, dropped; of one that was sent also bounced, complained. */
        state: stateOf(stored, mailbox),
        ...{ at, until, why: mailbox?.messageId === stored.messageId ? (mailbox?.why ?? why) : why },
      };
    })
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.noticeId < b.noticeId ? -1 : 1));
};
