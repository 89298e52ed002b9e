// More dead letters than one call looks through: what was not looked at is told, never taken for done.
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { createDeadLetters } from '../../../lib/adapters/aws/dead-letters.ts';

const sqs = mockClient(SQSClient);
const letters = createDeadLetters(
  { prompt: { dead: 'https://sqs.example/dead', queue: 'https://sqs.example/queue' } },
  new SQSClient({ region: 'eu-central-1' }),
);

let left = 0;
beforeEach(() => {
  sqs.reset();
  sqs.on(ReceiveMessageCommand).callsFake(async () => {
    const Messages = Array.from({ length: Math.min(10, left) }, () => {
      left -= 1;
      return { MessageId: `m${left}`, Body: `body ${left}`, ReceiptHandle: `r${left}` };
    });
    return { Messages };
  });
  sqs.on(DeleteMessageBatchCommand).resolves({ Successful: [], Failed: [] });
  sqs.on(ChangeMessageVisibilityBatchCommand).resolves({ Successful: [], Failed: [] });
});

it.each([
  [1_990, true],
  [2_500, false],
])('looks through %i at once: all of them is %s', async (there, isAll) => {
  left = there;
  const change = (body: string) => (body === 'body 1' ? undefined : body);
  expect(await letters.rewrite('prompt', change)).toEqual({ changed: isAll ? 1 : 0, isAll });
});
