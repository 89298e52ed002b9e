// Hands a mail over, with the links by which its reader may act.
import { actionLink, linkDays } from '../../domain/action-links.ts';
import { dayMilliseconds } from '../../domain/days.ts';
import { type HrefOf, htmlOf, type Mailing, textOf } from '../../domain/notices/notice.ts';
import type { Retention } from '../../domain/retention.ts';
import type { Clock, Handed, Log, Mailer, Meter, Table, Timers } from '../../ports.ts';
import { currentTrace, tracesOf } from '../../trace.ts';
import type { PlaybookReader } from '../playbooks.ts';

/** Where the links of mails lead, and what they are signed with, newest first. */
export interface LinkPorts {
  base: () => string;
  secrets: () => Promise<readonly string[]>;
}

export interface NotifyPorts {
  table: Table;
  mailer: Mailer;
  playbook: PlaybookReader;
  clock: Clock;
  log: Log;
  meter?: Meter | undefined;
  timers: Timers;
  /** Without it notices stay for good. */
  retention?: Retention | undefined;
  /** Without them mails have no links. */
  links?: LinkPorts | undefined;
}

const hrefsOf = async ({ links, clock }: NotifyPorts): Promise<HrefOf | undefined> => {
  const [secret] = (await links?.secrets()) ?? [];
  if (links === undefined || secret === undefined) return undefined;
  // Of the whole day, so that a mail that is sent again says the same.
  const exp = (Math.ceil(clock.now() / dayMilliseconds) + linkDays) * (dayMilliseconds / 1_000);
  return ({ label: _, ...action }) => actionLink(links.base(), secret, { ...action, exp });
};

/** `traces`: of what it tells, where that is not the work at hand. */
export const send = async (
  ports: NotifyPorts,
  mailing: Mailing,
  noticeId: string,
  traces: readonly (string | undefined)[] = [currentTrace()],
): Promise<Handed> => {
  const hrefOf = await hrefsOf(ports);
  const { to, subject } = mailing;
  const words = { text: textOf(mailing, hrefOf), html: htmlOf(mailing, hrefOf) };
  const traced = tracesOf(traces);
  const handed = await ports.mailer.send({ to, subject, ...words, noticeId, ...traced });
  const isSent = 'messageId' in handed;
  ports.log.info(isSent ? 'mail handed over' : 'mail refused', { noticeId, ...traced });
  ports.meter?.record(isSent ? { NoticesSent: 1 } : { MailBounced: 1 });
  return handed;
};
