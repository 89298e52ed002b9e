// Change events on the way from the partner event bus: what they change is on the prompt queue, or they come again.
import type { Context, SQSBatchResponse } from 'aws-lambda';
import { expect, test } from 'vitest';
import { createHandler } from '../../functions/capture-salesforce.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { detailOf, eventSource, relayed } from '../sources/salesforce-events.ts';
import { rememberingPorts } from './capture-harness.ts';

const setUp = () => {
  const memory = rememberingPorts();
  const handler = createHandler({
    ...memory.ports,
    playbook: async () => testPlaybook(),
    connections: { sf: { kind: 'salesforce', organisationId: '00D000000000062EAA', eventSource } },
  });
  const deliver = (...bodies: string[]): Promise<SQSBatchResponse> =>
    handler(
      {
        Records: bodies.map((body, index) => ({
          ...{ messageId: `m${index}`, body, receiptHandle: '', messageAttributes: {}, md5OfBody: '' },
          ...{ eventSource: 'aws:sqs', eventSourceARN: '', awsRegion: '' },
          attributes: {
            ...{ ApproximateReceiveCount: '1', SentTimestamp: '', SenderId: '', ApproximateFirstReceiveTimestamp: '' },
          },
        })),
      },
      { getRemainingTimeInMillis: () => 10_000 } as Context,
    );
  return { ...memory, deliver };
};
const created = relayed(detailOf({ entityName: 'Lead' }, { Email: 'bea@acme.example' }));

test('what changed is on the prompt queue', async () => {
  const { deliver, lines } = setUp();

  expect(await deliver(created)).toEqual({ batchItemFailures: [] });
  expect(lines()).toMatchObject([{ source: 'sf', change: { object: 'person', email: 'bea@acme.example' } }]);
});

test('a gap is told, with nothing put on the queue', async () => {
  const { deliver, bodies, logged } = setUp();

  expect(await deliver(relayed(detailOf({ entityName: 'Lead', changeType: 'GAP_UPDATE' })))).toEqual({
    batchItemFailures: [],
  });
  expect(bodies).toEqual([]);
  expect(logged).toMatchObject([
    { level: 'warn', message: 'unread', fields: { source: 'sf', what: 'Lead GAP_UPDATE' } },
  ]);
});

test('what cannot be read comes again and in the end waits, and the others are through', async () => {
  const { deliver, lines, logged } = setUp();

  const answer = await deliver(
    '{',
    relayed({ payload: { Email: 'bea@acme.example' } }),
    created,
    relayed({}, 'aws.partner/other'),
  );

  expect(answer).toEqual({
    batchItemFailures: [{ itemIdentifier: 'm0' }, { itemIdentifier: 'm1' }, { itemIdentifier: 'm3' }],
  });
  expect(lines()).toHaveLength(1);
  expect(logged.filter(({ level }) => level === 'error')).toHaveLength(3);
  expect(JSON.stringify(logged)).not.toContain('bea@');
});

test('nothing is taken for done while the prompt queue is away', async () => {
  const { deliver, state } = setUp();
  state.queueFails = new Error('down');

  await expect(deliver(created)).rejects.toThrow('down');
});
