// What the mailer hands to SES.
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';
import { createMailer } from '../../../lib/adapters/aws/mailer.ts';

it('hands SES a simple message with both parts and the notice as a tag', async () => {
  const ses = mockClient(SESv2Client);
  ses.on(SendEmailCommand).resolves({ MessageId: 'ses-1' });
  const mailer = createMailer(
    { from: 'Muster <muster@demo.example>', configurationSet: 'muster-demo' },
    new SESv2Client({ region: 'eu-central-1' }),
  );
  const mail = { to: 'rep@demo.example', subject: 'Sübject', text: 'text', html: '<p>html</p>' };

  expect(await mailer.send({ ...mail, noticeId: 'notice:evt_1#rep' })).toEqual({ messageId: 'ses-1' });

  const part = (Data: string) => ({ Data, Charset: 'UTF-8' });
  expect(ses.commandCalls(SendEmailCommand).map((call) => call.args[0].input)).toEqual([
    {
      FromEmailAddress: 'Muster <muster@demo.example>',
      ConfigurationSetName: 'muster-demo',
      Destination: { ToAddresses: ['rep@demo.example'] },
      Content: { Simple: { Subject: part('Sübject'), Body: { Text: part('text'), Html: part('<p>html</p>') } } },
      EmailTags: [{ Name: 'notice', Value: 'notice_evt_1_rep' }],
    },
  ]);
});
