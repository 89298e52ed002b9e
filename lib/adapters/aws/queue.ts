// The Queue port on SQS.
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Queue } from '../../ports.ts';
import { refuseBigMessage } from '../limits.ts';
import { inBatches } from './batches.ts';
import { sendUntilTaken } from './partial-failure.ts';

export function createQueue(queueUrl: string, client = new SQSClient()): Queue {
  async function sendBatch(bodies: readonly string[]): Promise<void> {
    const entries = bodies.map((body, index) => ({ Id: String(index), MessageBody: body }));
    await sendUntilTaken('sending messages', entries, async (left) => {
      const { Failed = [] } = await client.send(
        new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: [...left] }),
      );
      const failed = new Set(Failed.map(({ Id }) => Id));
      return left.filter(({ Id }) => failed.has(Id));
    });
  }

  return {
    async send(bodies) {
      bodies.forEach(refuseBigMessage);
      const [only] = bodies;
      if (bodies.length === 1 && only !== undefined) {
        await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: only }));
        return;
      }
      await Promise.all(inBatches(bodies, (body) => Buffer.byteLength(body)).map(sendBatch));
    },
  };
}
