// What follows from an event: who is told what, as things stand now. Asked anew when a notice that was held may go out, so that
// nobody is told what is no longer so.
import type { Notice } from '../../domain/notices/notice.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import type { Table } from '../../ports.ts';
import type { TellingEvent } from '../../table/done-shapes.ts';
import { type AccountEvent, accountNotice } from './account-notice.ts';
import { correctionNotices } from './correction-notices.ts';
import { formNotice } from './form-notice.ts';
import { routedNotice, stepNotices } from './lead-notice.ts';
import type { Telling } from './telling.ts';

const ofAccount = ({ accountId, id }: AccountEvent, notice: Notice | undefined): Telling[] =>
  notice === undefined ? [] : [{ owner: accountId, noticeId: id, notice, when: 'in-hours' }];

/** `now` is ms since 1970. */
export const tellingsOf = async (
  table: Table,
  playbook: Playbook,
  event: TellingEvent,
  now: number,
): Promise<Telling[]> => {
  switch (event.type) {
    case 'lead-routed.v1':
      return routedNotice(table, playbook, event, now);
    case 'sla-step-due.v1':
      return stepNotices(table, playbook, event, now);
    case 'sla-stopped.v1':
      return correctionNotices(table, playbook, event);
    case 'form-submitted.v1':
      return formNotice(table, playbook, event, now);
    case 'account-surged.v1':
    case 'account-threshold-reached.v1':
      return ofAccount(event, await accountNotice(table, playbook, event));
  }
};
