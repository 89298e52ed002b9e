import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import { expect, it } from 'vitest';
import { leadChangedV1Sample } from '../../events/lead-changed.v1.ts';
import { queueHandler } from '../../functions/queue-handler.ts';
import type { Consumer, Message } from '../../lib/ports.ts';

const record = (messageId: string, body: string, attempt = 1): SQSRecord => ({
  messageId,
  receiptHandle: '',
  body,
  attributes: {
    ApproximateReceiveCount: String(attempt),
    SentTimestamp: '0',
    SenderId: '',
    ApproximateFirstReceiveTimestamp: '0',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: '',
  awsRegion: '',
});
const handled = async (event: SQSEvent, consumer: Consumer) => queueHandler(consumer)(event, {} as Context);

it('hands over each message with its id and how often it came', async () => {
  const seen: Message[] = [];
  const consumer: Consumer = async (messages) => {
    seen.push(...messages);
    return { failed: [] };
  };
  const answer = await handled({ Records: [record('m1', '[1]'), record('m2', '[2]', 4)] }, consumer);

  expect(seen).toEqual([
    { id: 'm1', body: '[1]', attempt: 1 },
    { id: 'm2', body: '[2]', attempt: 4 },
  ]);
  expect(answer).toEqual({ batchItemFailures: [] });
});

it('takes an event of the bus out of its envelope', async () => {
  const bodies: string[] = [];
  const envelope = {
    version: '0',
    'detail-type': leadChangedV1Sample.type,
    source: 'muster',
    detail: leadChangedV1Sample,
  };
  const ours = JSON.stringify([{ form: { answers: { message: 'a "detail-type" of mine' } } }]);
  await handled({ Records: [record('m1', JSON.stringify(envelope)), record('m2', ours)] }, async (messages) => {
    bodies.push(...messages.map(({ body }) => body));
    return { failed: [] };
  });

  expect(JSON.parse(bodies[0]!)).toEqual(leadChangedV1Sample);
  expect(bodies[1]).toBe(ours);
});

it('names what has to come again', async () => {
  const answer = await handled({ Records: [record('m1', '1'), record('m2', '2')] }, async () => ({ failed: ['m2'] }));

  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm2' }] });
});

it('fails the whole batch when the step throws, so that all of it comes again', async () => {
  const thrown = handled({ Records: [record('m1', '1')] }, () => Promise.reject(new Error('broken')));

  await expect(thrown).rejects.toThrow('broken');
});

it('hands a body on as it is when it is no JSON, for the step to refuse', async () => {
  const bodies: string[] = [];
  const consumer: Consumer = async (messages) => {
    bodies.push(...messages.map(({ body }) => body));
    return { failed: [] };
  };
  await handled({ Records: [record('m1', 'no JSON, with "detail-type" in it')] }, consumer);

  expect(bodies).toEqual(['no JSON, with "detail-type" in it']);
});
