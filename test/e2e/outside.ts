// A lead qualifies, and those outside hear of it: a program by a webhook it can verify, people by Slack and Teams.
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Edition } from './edition.ts';
import { eventually } from './eventually.ts';
import { postForm } from './post.ts';
import type { Received, ReceiverName } from './receivers.ts';

const told = z.object({
  type: z.string(),
  data: z.object({ lead: z.object({ email: z.string().optional(), status: z.string().optional() }) }),
});

export const toldOutside = (current: () => Edition): void => {
  const ask = async (email: string): Promise<void> => {
    const fields = { email, 'first-name': 'Olga', 'last-name': 'Outer', 'job-title': 'Head of Procurement' };
    expect((await postForm(current(), 'demo-request', fields)).status).toBe(202);
  };
  const heard = (name: ReceiverName, what: string, isIt: (received: Received) => boolean): Promise<Received> => {
    const { patienceMs: withinMs, diagnosis, receivers } = current();
    return eventually({ what: `${name} to hear ${what}`, withinMs, diagnosis }, async () =>
      receivers.received(name).find(isIt),
    );
  };
  const isQualified =
    (email: string) =>
    ({ body }: Received): boolean => {
      const { type, data } = told.parse(JSON.parse(body));
      return type === 'lead-qualified.v1' && data.lead.email === email;
    };

  describe('those outside', () => {
    it('are told who qualified, by a webhook that its receiver can verify', { timeout: 90_000 }, async () => {
      const email = 'olga@outer-works.example';
      await ask(email);

      const { headers, body } = await heard('warehouse', 'who qualified', isQualified(email));
      const secret = current().receivers.credentials.warehouse.secret!;
      expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({
        type: 'lead-qualified.v1',
        data: { lead: { email, name: 'Olga Outer', status: 'Qualified' }, account: { domain: 'outer-works.example' } },
      });
    });

    it('are told in their chats whose the lead is', { timeout: 90_000 }, async () => {
      const email = 'olga@chat-works.example';
      await ask(email);

      const slack = await heard('slack', 'of the lead', ({ body }) => body.includes(email));
      expect(JSON.parse(slack.body).blocks[0].text.text).toMatch(/^New lead: Olga Outer at .*\(A\d\)$/);
      const teams = await heard('teams', 'of the lead', ({ body }) => body.includes(email));
      const [{ content }] = JSON.parse(teams.body).attachments;
      expect(content.body[0].inlines[0].text).toMatch(/^New lead: Olga Outer at /);
    });

    it('are told again where they did not answer, under the same id', { timeout: 120_000 }, async () => {
      const email = 'olga@later-works.example';
      const before = current().receivers.received('warehouse').length;
      // Two events of each lead go there: qualified, and its status.
      current().receivers.refuse('warehouse', 2, 503);
      await ask(email);

      await heard('warehouse', 'who qualified, the second time', isQualified(email));
      const since = current().receivers.received('warehouse').slice(before);
      const ids = since.map(({ headers }) => headers['webhook-id']);
      expect(new Set(ids).size).toBe(ids.length);
    });
  });
};
