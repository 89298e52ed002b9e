// The embedded mailer with an SMTP server: handed over, kept in the outbox, and neither when the server refuses.
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { createInterface } from 'node:readline';
import { afterEach, expect, it } from 'vitest';
import { openEmbedded } from '../../../lib/adapters/embedded/open.ts';

let server: Server;
afterEach(() => {
  server.close();
});

/** The least an SMTP server must say. Answers its URL and what it was told. */
async function smtpServer(answerToRecipient: string): Promise<{ url: string; told: string[] }> {
  const told: string[] = [];
  server = createServer((socket) => {
    const say = (line: string) => socket.write(`${line}\r\n`);
    let inData = false;
    say('220 test');
    createInterface({ input: socket }).on('line', (line) => {
      told.push(line);
      if (inData) {
        if (line !== '.') return;
        inData = false;
        say('250 taken');
      } else if (line.startsWith('RCPT')) say(answerToRecipient);
      else if (line === 'DATA') {
        inData = true;
        say('354 go on');
      } else say(line === 'QUIT' ? '221 bye' : '250 ok');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { url: `smtp://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, told };
}
const mail = {
  to: 'rep@demo.example',
  subject: 'Qualified',
  text: 'the text',
  html: '<p>the html</p>',
  noticeId: 'notice-1',
};

it('hands a mail to the server with both parts, then keeps it', async () => {
  const { url, told } = await smtpServer('250 ok');
  const { mailer, close } = openEmbedded({ path: ':memory:', mail: { smtp: { url, from: 'muster@demo.example' } } });
  const handed = await mailer.send(mail);
  const messageId = 'messageId' in handed ? handed.messageId : 'none';
  for (const line of [
    'MAIL FROM:<muster@demo.example>',
    'RCPT TO:<rep@demo.example>',
    'Subject: Qualified',
    'X-Muster-Notice: notice-1',
    'the text',
    '<p>the html</p>',
    `Message-ID: ${messageId}`,
  ]) {
    expect(told).toContain(line);
  }
  expect(mailer.outbox()).toMatchObject([{ ...mail, messageId }]);
  await close();
});

it.each([
  '550 nobody here',
  '550 5.1.1 unknown user',
  '553 5.1.3 no such address',
])('says that there is no such mailbox: %s', async (answer) => {
  const { url } = await smtpServer(answer);
  const { mailer, close } = openEmbedded({ path: ':memory:', mail: { smtp: { url, from: 'muster@demo.example' } } });
  expect(await mailer.send(mail)).toEqual({ refused: answer });
  expect(mailer.outbox()).toEqual([]);
  await close();
});

it.each([
  '450 4.2.0 come again',
  '550 5.7.1 relaying denied',
  '552 5.2.2 mailbox full',
  '530 5.7.0 log in first',
])('blames no mailbox for %s', async (answer) => {
  const { url } = await smtpServer(answer);
  const { mailer, close } = openEmbedded({ path: ':memory:', mail: { smtp: { url, from: 'muster@demo.example' } } });
  await expect(mailer.send(mail)).rejects.toThrow(answer.slice(0, 3));
  expect(mailer.outbox()).toEqual([]);
  await close();
});
