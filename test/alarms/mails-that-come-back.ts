// Mails that come back, on the local cloud: SES tells its bus, the stack's rule hears it, and nobody is written to who should not be.
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { leadIdOfEmail } from '../../lib/domain/ids.ts';
import { noticesView } from '../../lib/steps/views/notices-view.ts';
import { eventually } from '../e2e/eventually.ts';
import { postForm } from '../e2e/post.ts';
import type { WatchedCloud } from '../e2e/watched-cloud.ts';
import type { Eyes } from './eyes-on-cloud.ts';

const within = { withinMs: 40_000, lookEveryMs: 300 };

/** What SES's own mailbox simulator has come back, complained of, and taken. */
const simulated = (what: 'bounce' | 'complaint' | 'success', n: number): string =>
  `${what}+${n}@simulator.amazonses.com`;

const kept = z.object({ messages: z.record(z.string(), z.array(z.object({ To: z.array(z.string()) }))) });

export const mailsThatComeBack = (current: () => WatchedCloud, eyes: () => Eyes): void => {
  const post = async (form: string, email: string): Promise<void> => {
    const { apiUrl } = current().cloud;
    expect((await postForm({ apiUrl }, form, { email })).status).toBe(202);
  };
  const mailsTo = async (address: string): Promise<number> => {
    const { messages } = kept.parse(await (await fetch(`${current().cloud.endpoint}/_ministack/ses/messages`)).json());
    return Object.values(messages)
      .flat()
      .filter(({ To }) => To.includes(address)).length;
  };
  /** What became of what they were told, as the read API has it. */
  const statesOf = async (email: string): Promise<string[]> =>
    (await noticesView(current().table, [leadIdOfEmail(email)]))
      .filter(({ to }) => to === email)
      .map(({ state }) => state);
  const becomes = (email: string, expected: readonly string[]) => {
    let last: readonly string[] = [];
    const what = `what ${email} was told to be ${expected.join(', ')}`;
    return eventually({ what, ...within, diagnosis: () => `it is ${last.join(', ')}` }, async () => {
      last = await statesOf(email);
      return last.toSorted().join() === expected.toSorted().join() ? true : undefined;
    });
  };

  describe('mail', () => {
    test('that comes back or is complained of is told of, and is the last to there', { timeout: 120_000 }, async () => {
      eyes().begin();
      const bounced = [1, 2, 3, 4, 5].map((n) => simulated('bounce', n));
      const [complains, takes] = [simulated('complaint', 1), simulated('success', 1)];
      for (const email of [...bounced, complains, takes]) await post('demo-request', email);
      for (const email of bounced) await becomes(email, ['bounced']);
      await becomes(complains, ['complained']);
      await becomes(takes, ['sent']);
      await eyes().counted('MailBounced', 5);
      await eyes().counted('MailboxStopped', 6);
      await eyes().tells(['mail-bounces', 'mailbox-stopped']);
      expect(await eyes().sum('MailboxStopped')).toBe(6);

      for (const email of [bounced[0]!, complains, takes]) await post('newsletter', email);
      await becomes(takes, ['sent', 'sent']);
      await becomes(bounced[0]!, ['bounced', 'stopped']);
      await becomes(complains, ['complained', 'stopped']);
      expect([await mailsTo(bounced[0]!), await mailsTo(complains), await mailsTo(takes)]).toEqual([1, 1, 2]);
    });
  });
};
