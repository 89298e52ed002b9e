// How it is noted what became of a notice. A rep's clock hangs on it: that they were told is published by the very write that notes
// that the mail was taken.
import type { Published } from '../../../events/catalogue.ts';
import { eventIdOf } from '../../domain/ids.ts';
import { keptOf } from '../../domain/notices/notice.ts';
import { daysFrom, type Retention } from '../../domain/retention.ts';
import type { Write } from '../../ports.ts';
import { outboxOf, type StoredItem } from '../../table/items.ts';
import { noticeKey } from '../../table/keys.ts';
import { currentTrace } from '../../trace.ts';
import type { Telling } from './telling.ts';

export type NoticeState = Pick<StoredItem<'notice'>, 'outcome' | 'at' | 'messageId' | 'until' | 'claimedBy' | 'why'>;

const toldOf = ({ starts }: Telling, { outcome, at }: NoticeState): Published[] =>
  outcome === 'sent' && starts !== undefined
    ? [{ type: 'rep-told.v1', id: eventIdOf('rep-told', starts.assignmentId), at, ...starts }]
    : [];

/** Whoever comes later says the same, or knows more: no condition could tell them apart after the mail is out. */
export const noticeWrite = (
  retention: Retention | undefined,
  stored: StoredItem<'notice'> | undefined,
  telling: Telling,
  state: NoticeState,
): Write & { put: unknown } => {
  const { owner, noticeId, notice, assignmentId } = telling;
  const put = {
    ...noticeKey(owner, noticeId),
    ...{ type: 'notice', version: (stored?.version ?? 0) + 1, owner, noticeId, notice: keptOf(notice), assignmentId },
    ...state,
    // Of one that is held from when it may go.
    ...(retention && { ttl: daysFrom(state.until ?? state.at, retention.noticeDays) }),
    traceId: currentTrace() ?? stored?.traceId,
    ...outboxOf(toldOf(telling, state)),
  };
  return { put, condition: { if: 'always' } };
};
