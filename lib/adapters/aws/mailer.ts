// The Mailer port on SES. Simple content, never raw: SES builds the headers.
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { Mailer } from '../../ports.ts';
import { refuseUnsafeHeader } from '../limits.ts';

/** The configuration set has SES tell of bounces and complaints, which come later: what it takes here it may still not deliver. */
export function createMailer(
  { from, configurationSet }: { from: string; configurationSet?: string | undefined },
  client = new SESv2Client(),
): Mailer {
  return {
    async send({ to, subject, text, html, noticeId, traceIds = [] }) {
      refuseUnsafeHeader('recipient', to);
      refuseUnsafeHeader('subject', subject);
      refuseUnsafeHeader('notice id', noticeId);
      for (const traceId of traceIds) refuseUnsafeHeader('trace', traceId);
      const [trace] = traceIds;
      const { MessageId } = await client.send(
        new SendEmailCommand({
          FromEmailAddress: from,
          ConfigurationSetName: configurationSet,
          Destination: { ToAddresses: [to] },
          Content: {
            Simple: {
              Subject: { Data: subject, Charset: 'UTF-8' },
              Body: { Text: { Data: text, Charset: 'UTF-8' }, Html: { Data: html, Charset: 'UTF-8' } },
              ...(trace && {
                Headers: [{ Name: 'X-Muster-Trace', Value: traceIds.join(', ').slice(0, longestHeader) }],
              }),
            },
          },
          EmailTags: [
            { Name: 'notice', Value: tagValue(noticeId) },
            ...(trace ? [{ Name: 'trace', Value: tagValue(trace) }] : []),
          ],
        }),
      );
      if (MessageId === undefined) throw new Error('SES answered without a message id');
      return { messageId: MessageId };
    },
  };
}

/** What SES takes of a header's value. */
const longestHeader = 870;

/** A tag's value is up to 256 of `A-Za-z0-9_-`. */
const tagValue = (noticeId: string) => noticeId.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 256);
