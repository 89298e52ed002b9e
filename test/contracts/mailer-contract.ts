// What every Mailer must do: both parts arrive as written, and nothing smuggles in a header.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mail, Mailer } from '../../lib/ports.ts';

export interface OpenMailer {
  mailer: Mailer;
  /** What was handed over, oldest first. */
  sent(): Promise<Pick<Mail, 'to' | 'subject' | 'text' | 'html'>[]>;
  close(): Promise<void>;
}

const mail: Mail = {
  to: 'rep@muster.example',
  subject: 'Qualified: Bea Buyer at Acmé 日本',
  text: 'Bea Buyer asked for a demo.\nCall her by 10:30.',
  html: '<p>Bea Buyer &lt;buyer@acme.example&gt; asked for a demo.</p>',
  noticeId: 'notice:evt_3f2c9a7be01d44c8a1b2#rep',
};

export function mailerContract(name: string, open: () => Promise<OpenMailer>): void {
  describe(`Mailer: ${name}`, () => {
    let opened: OpenMailer;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened?.close());

    it('hands over both parts and answers the message id', async () => {
      expect(await opened.mailer.send(mail)).toEqual({ messageId: expect.stringMatching(/\S/) });
      const { to, subject, text, html } = mail;
      expect((await opened.sent()).at(-1)).toMatchObject({ to, subject, text, html });
    });

    it.each([
      ['to', 'rep@muster.example\r\nBcc: thief@evil.example'],
      ['subject', 'Hello\nBcc: thief@evil.example'],
      ['subject', 'Hello\0'],
      ['noticeId', 'notice\rX: y'],
    ])('refuses a line break in %s', async (field, value) => {
      const before = (await opened.sent()).length;
      await expect(opened.mailer.send({ ...mail, [field]: value })).rejects.toMatchObject({ code: 'refused' });
      expect(await opened.sent()).toHaveLength(before);
    });
  });
}
