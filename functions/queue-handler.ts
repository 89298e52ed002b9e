// A Lambda behind a queue: hands the batch to the step and answers which messages have to come again.
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import type { Consumer } from '../lib/ports.ts';
import { isTraceId } from '../lib/trace.ts';

/** What the bus puts on a queue: the event stands in `detail`. Messages of our own have no such envelope. */
const busEnvelope = z.object({ 'detail-type': z.string(), detail: z.unknown() });

/** What is no JSON stays as it is: the step refuses that message, and only that one. */
const unwrapped = (body: string): string => {
  if (!body.includes('"detail-type"')) return body;
  try {
    const envelope = busEnvelope.safeParse(JSON.parse(body));
    return envelope.success ? JSON.stringify(envelope.data.detail) : body;
  } catch {
    return body;
  }
};

const traceOf = ({ messageAttributes }: SQSRecord): { traceId?: string } => {
  const traceId = messageAttributes?.traceId?.stringValue;
  return traceId !== undefined && isTraceId(traceId) ? { traceId } : {};
};

/** The body as it came, for who has to know which bus an event was on. */
export const asItCame = (body: string): string => body;

export const queueHandler = (consumer: Consumer, bodyOf = unwrapped) =>
  middy<SQSEvent, SQSBatchResponse>({ timeoutEarlyInMillis: 0 }).handler(async ({ Records }: SQSEvent) => {
    const messages = Records.map((record) => ({
      id: record.messageId,
      body: bodyOf(record.body),
      attempt: Number(record.attributes.ApproximateReceiveCount),
      ...traceOf(record),
    }));
    const { failed } = await consumer(messages);
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  });
