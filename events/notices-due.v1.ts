// Notices that were held for somebody, outside their hours or for a digest, can go out.
import * as z from 'zod';
import { id, moment } from './moment.ts';

export const noticesDueV1 = z.lazy(() =>
  z.strictObject({
    type: z.literal('notices-due.v1'),
    id,
    at: moment,
    /** Whose: an id that follows from their address. */
    recipientId: id,
  }),
);
export type NoticesDue = z.infer<typeof noticesDueV1>;

export const noticesDueV1Sample: NoticesDue = {
  type: 'notices-due.v1',
  id: 'evt_4d5e6f708192a3b4c5d6',
  at: '2026-11-20T08:30:00.000Z',
  recipientId: 'rcpt_1f3870be274f6c49',
};
