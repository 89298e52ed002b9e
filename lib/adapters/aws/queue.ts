// The Queue port on SQS.
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Queue } from '../../ports.ts';
import { currentTrace } from '../../trace.ts';
import { refuseBigMessage } from '../limits.ts';
import { inBatches } from './batches.ts';
import { sendUntilTaken } from './partial-failure.ts';

/** What a trace adds to a message: its name, its type and itself. */
const traceBytes = 'traceIdString'.length + 35;

/** What `functions/queue-handler.ts` reads. */
const attributesOf = (traceId: string | undefined) =>
  traceId === undefined ? {} : { MessageAttributes: { traceId: { DataType: 'String', StringValue: traceId } } };

export function createQueue(queueUrl: string, client = new SQSClient()): Queue {
  async function sendBatch(bodies: readonly string[]): Promise<void> {
    const entries = bodies.map((body, index) => ({
      Id: String(index),
      MessageBody: body,
      ...attributesOf(currentTrace()),
    }));
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
        await client.send(
          new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: only, ...attributesOf(currentTrace()) }),
        );
        return;
      }
      await Promise.all(inBatches(bodies, (body) => Buffer.byteLength(body) + traceBytes).map(sendBatch));
    },
  };
}
