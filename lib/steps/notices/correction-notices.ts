// Tells whoever was told that time was up that it was not: a follow-up came to be known that was made in time.
import type { PublishedOf } from '../../../events/catalogue.ts';
import { recipientIdOf } from '../../domain/ids.ts';
import { localTime } from '../../domain/notices/local-time.ts';
import { correctionOf } from '../../domain/notices/of-lead.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import { calendarOf } from '../../domain/sla/calendar-of.ts';
import type { Table } from '../../ports.ts';
import { allOf } from '../../table/items.ts';
import { noticesPartition } from '../../table/keys.ts';
import type { Telling } from './telling.ts';

export const correctionNotices = async (
  table: Table,
  playbook: Playbook,
  { id, leadId, assignmentId, corrected }: PublishedOf<'sla-stopped.v1'>,
): Promise<Telling[]> => {
  if (!corrected) return [];
  const told = allOf('notice', await table.query(noticesPartition(leadId))).filter(
    (item) => item.outcome === 'sent' && item.notice.kind === 'sla-breached' && item.assignmentId === assignmentId,
  );
  // Who was told twice is told once that it was wrong: of the last time.
  const last = new Map(told.sort((a, b) => (a.at < b.at ? -1 : 1)).map((item) => [item.notice.to, item]));
  return [...last.values()]
    .filter(({ notice: { to } }) => playbook.people.some(({ email }) => email === to))
    .map(({ notice, at }) => ({
      owner: leadId,
      noticeId: `${id}-${recipientIdOf(notice.to)}`,
      notice: correctionOf(notice, localTime(at, calendarOf(notice.to, playbook).timezone)),
      when: 'in-hours',
      assignmentId,
    }));
};
