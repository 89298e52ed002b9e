// Tells people: the rep that a lead is theirs, the rep and then the manager that time is short, an account's owner what goes on
// there, the person that they were heard. Each cause is told once; a mail whose fate is unknown is sent again rather than lost.
import { htmlOf, type Notice } from '../domain/notices/notice.ts';
import type { Clock, Consumer, Log, Mailer, Table } from '../ports.ts';
import { noticeKey } from '../table/keys.ts';
import { consumeEvents } from './consume.ts';
import { accountNotice } from './notices/account-notice.ts';
import { formNotice } from './notices/form-notice.ts';
import { leadNotice } from './notices/lead-notice.ts';
import type { PlaybookReader } from './playbooks.ts';

export interface NotifyPorts {
  table: Table;
  mailer: Mailer;
  playbook: PlaybookReader;
  clock: Clock;
  log: Log;
}

/** Sent, then noted, so that a repeat sees it. If the process dies in between, the mail goes out a second time rather than
 * never: one repeat per crash at that very moment, which no mail service lets anybody rule out. */
const sendOnce = async (
  { table, mailer, clock }: NotifyPorts,
  owner: string,
  noticeId: string,
  make: () => Promise<Notice | undefined>,
): Promise<void> => {
  const key = noticeKey(owner, noticeId);
  if ((await table.get(key)) !== undefined) return;
  const notice = await make();
  if (notice === undefined) return;
  const { to, subject, text } = notice;
  const { messageId } = await mailer.send({ to, subject, text, html: htmlOf(notice), noticeId });
  const at = new Date(clock.now()).toISOString();
  const put = { ...key, type: 'notice', version: 1, owner, noticeId, notice, at, messageId };
  await table.write({ put, condition: { if: 'always' } });
};

export const createNotify = (ports: NotifyPorts): Consumer =>
  consumeEvents(
    ports.log,
    [
      'lead-routed.v1',
      'sla-reminder-due.v1',
      'sla-breached.v1',
      'form-submitted.v1',
      'account-surged.v1',
      'account-threshold-reached.v1',
    ],
    ({ id }) => id,
    async (event) => {
      const playbook = await ports.playbook();
      // Under the person, whose account may change before the event comes a second time.
      const owner = event.type === 'form-submitted.v1' ? event.leadId : event.accountId;
      await sendOnce(ports, owner, event.id, () => {
        if (event.type === 'form-submitted.v1') return formNotice(ports.table, playbook, event);
        if (event.type === 'account-surged.v1' || event.type === 'account-threshold-reached.v1')
          return accountNotice(ports.table, playbook, event);
        return leadNotice(ports.table, playbook, event);
      });
    },
  );
