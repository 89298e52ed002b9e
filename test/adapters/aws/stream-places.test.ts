// Which outboxes a place in the table's stream holds: no more and no fewer than its batch had, and where the stream has forgotten them, when
// they were written.
import {
  type _Record,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';
import { createStreamPlaces } from '../../../lib/adapters/aws/stream-places.ts';

const streamArn = 'arn:aws:dynamodb:eu-central-1:111122223333:table/muster/stream/2026-11-22T00:00:00.000';
const shardId = 'shardId-00000001700000000000-aaaaaaaa';
/** Longer than what a number holds: 90000000000000000000001 and its neighbours are one number. */
const numbered = (last: number): string => `9000000000000000000000${last}`;

/** As Lambda sends it. */
const letter = JSON.stringify({
  requestContext: { functionArn: 'arn:aws:lambda:eu-central-1:111122223333:function:publish', condition: 'Retries' },
  version: '1.0',
  timestamp: '2026-11-22T10:00:09.000Z',
  DDBStreamBatchInfo: {
    ...{ shardId, streamArn, batchSize: 3 },
    ...{ startSequenceNumber: numbered(2), endSequenceNumber: numbered(5) },
    approximateArrivalOfFirstRecord: '2026-11-22T10:00:00Z',
    approximateArrivalOfLastRecord: '2026-11-22T10:00:04Z',
  },
});

const record = (last: number, outbox?: string): _Record => ({
  dynamodb: { SequenceNumber: numbered(last), NewImage: outbox === undefined ? {} : { outbox: { S: outbox } } },
});

const streamOf = (...pages: ReturnType<typeof record>[][]) => {
  const client = mockClient(DynamoDBStreamsClient);
  client.on(GetShardIteratorCommand).resolves({ ShardIterator: 'page 0' });
  for (const [page, Records] of pages.entries())
    client
      .on(GetRecordsCommand, { ShardIterator: `page ${page}` })
      .resolves({ Records, NextShardIterator: `page ${page + 1}` });
  client.on(GetRecordsCommand, { ShardIterator: `page ${pages.length}` }).resolves({
    ...{ Records: [], NextShardIterator: `page ${pages.length}` },
  });
  return { client, places: createStreamPlaces(new DynamoDBStreamsClient({ region: 'eu-central-1' })) };
};
const failure = (name: string): Error => Object.assign(new Error(name), { name });
const forgotten = { gone: { from: '2026-11-22T10:00:00.000Z', to: '2026-11-22T10:00:04.000Z' } };

it('are those of its records, over several pages, from the first to the last and no further', async () => {
  const { client, places } = streamOf([record(2, 'a'), record(3)], [], [record(5, 'b'), record(6, 'later')]);
  expect(await places.outboxesAt(letter)).toEqual({ outboxes: ['a', 'b'] });
  expect(client.commandCalls(GetShardIteratorCommand)[0]!.args[0].input).toEqual({
    ...{ StreamArn: streamArn, ShardId: shardId, ShardIteratorType: 'AT_SEQUENCE_NUMBER' },
    SequenceNumber: numbered(2),
  });
});

it('are none of those behind the last, even where the last itself is not shown', async () => {
  const { places } = streamOf([record(2, 'a'), record(6, 'later')]);
  expect(await places.outboxesAt(letter)).toEqual({ outboxes: ['a'] });
});

it('asks no further once it has the last, though the shard goes on', async () => {
  const { client, places } = streamOf([record(2, 'a'), record(5, 'b')], [record(6, 'later')]);
  expect(await places.outboxesAt(letter)).toEqual({ outboxes: ['a', 'b'] });
  expect(client.commandCalls(GetRecordsCommand)).toHaveLength(1);
});

it('are forgotten where the last does not come: nobody may take what came for all', async () => {
  expect(await streamOf([record(2, 'a')]).places.outboxesAt(letter)).toEqual(forgotten);
});

it.each(['TrimmedDataAccessException', 'ResourceNotFoundException'])('are forgotten by %s', async (name) => {
  const first = streamOf();
  first.client.on(GetShardIteratorCommand).rejects(failure(name));
  expect(await first.places.outboxesAt(letter)).toEqual(forgotten);
  const second = streamOf();
  second.client.on(GetRecordsCommand).rejects(failure(name));
  expect(await second.places.outboxesAt(letter)).toEqual(forgotten);
});

it('are not known to be forgotten while the stream is only busy', async () => {
  const { client, places } = streamOf();
  client.on(GetRecordsCommand).rejects(failure('LimitExceededException'));
  await expect(places.outboxesAt(letter)).rejects.toThrow('LimitExceededException');
});

it.each(['no JSON', '{}', JSON.stringify({ KinesisBatchInfo: { shardId } })])('are none where %s is', async (text) => {
  expect(await streamOf().places.outboxesAt(text)).toBeUndefined();
});
