// What the queue sends to SQS, and what it makes of partial failures.
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createQueue } from '../../../lib/adapters/aws/queue.ts';

const sqs = mockClient(SQSClient);
const url = 'https://sqs.eu-central-1.amazonaws.com/111122223333/muster-demo-prompt';
const queue = createQueue(url, new SQSClient({ region: 'eu-central-1' }));
const batches = () =>
  sqs
    .commandCalls(SendMessageBatchCommand)
    .map((call) => call.args[0].input.Entries?.map((entry) => entry.MessageBody));
const failed = (...ids: string[]) => ({
  Successful: [],
  Failed: ids.map((Id) => ({ Id, Code: 'InternalError', SenderFault: false })),
});

describe('the queue on SQS', () => {
  beforeEach(() => {
    sqs.reset();
    sqs.on(SendMessageCommand).resolves({ MessageId: '1' });
    sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] });
  });

  it('sends one message by itself', async () => {
    await queue.send(['{"n":1}']);
    expect(sqs.commandCalls(SendMessageCommand).map((call) => call.args[0].input)).toEqual([
      { QueueUrl: url, MessageBody: '{"n":1}' },
    ]);
    expect(batches()).toEqual([]);
  });

  it('sends nothing for nothing', async () => {
    await queue.send([]);
    expect(sqs.calls()).toEqual([]);
  });

  it('sends more in tens', async () => {
    const bodies = Array.from({ length: 23 }, (_, n) => `body ${n}`);
    await queue.send(bodies);
    expect(batches()).toEqual([bodies.slice(0, 10), bodies.slice(10, 20), bodies.slice(20)]);
  });

  it('keeps a batch within 256 KB of UTF-8', async () => {
    // Two bytes each: 120,000 bytes, so that two fit and three do not.
    const bodies = Array.from({ length: 5 }, (_, n) => `${n}${'é'.repeat(60_000)}`);
    await queue.send(bodies);
    expect(batches().map((batch) => batch?.length)).toEqual([2, 2, 1]);
  });

  it('sends again what SQS refused, and only that', async () => {
    sqs.on(SendMessageBatchCommand).resolvesOnce(failed('1', '3')).resolvesOnce(failed('3')).resolves({
      Successful: [],
      Failed: [],
    });
    await queue.send(['a', 'b', 'c', 'd']);
    expect(batches()).toEqual([['a', 'b', 'c', 'd'], ['b', 'd'], ['d']]);
  });

  it('throws when SQS keeps refusing, so that nobody is told it was taken', async () => {
    sqs.on(SendMessageBatchCommand).resolves(failed('0'));
    await expect(queue.send(['a', 'b'])).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    expect(batches()).toHaveLength(5);
  });

  it('throws what the client throws', async () => {
    sqs.on(SendMessageCommand).rejects(new Error('no connection'));
    await expect(queue.send(['a'])).rejects.toThrow('no connection');
  });
});
