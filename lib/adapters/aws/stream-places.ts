// The StreamPlaces port on DynamoDB Streams: a failed batch's letter names its shard and the first and last record of it.
import {
  DynamoDBStreamsClient,
  GetRecordsCommand,
  type GetRecordsCommandOutput,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import * as z from 'zod';
import type { StreamPlaces } from '../../mending.ts';

/** What Lambda sends where an event source gives a batch up. */
const letter = z.object({
  DDBStreamBatchInfo: z.object({
    shardId: z.string(),
    startSequenceNumber: z.string(),
    endSequenceNumber: z.string(),
    approximateArrivalOfFirstRecord: z.string(),
    approximateArrivalOfLastRecord: z.string(),
    streamArn: z.string(),
  }),
});
type Place = z.infer<typeof letter>['DDBStreamBatchInfo'];

/** A shard is gone a day after its last record, and its beginning before. */
const isForgotten = (error: unknown): boolean =>
  error instanceof Error && ['TrimmedDataAccessException', 'ResourceNotFoundException'].includes(error.name);

/** A place is a batch of at most 100 records: a page answers 1,000. */
const pages = 20;

const readFrom = async (client: DynamoDBStreamsClient, place: Place): Promise<string[]> => {
  const { streamArn: StreamArn, shardId: ShardId, startSequenceNumber: SequenceNumber } = place;
  const last = BigInt(place.endSequenceNumber);
  const begun = await client.send(
    new GetShardIteratorCommand({ StreamArn, ShardId, SequenceNumber, ShardIteratorType: 'AT_SEQUENCE_NUMBER' }),
  );
  const outboxes: string[] = [];
  let next = begun.ShardIterator;
  for (let page = 0; next !== undefined && page < pages; page += 1) {
    const read: GetRecordsCommandOutput = await client.send(new GetRecordsCommand({ ShardIterator: next }));
    for (const { dynamodb } of read.Records ?? []) {
      if (BigInt(dynamodb?.SequenceNumber ?? 0) > last) return outboxes;
      const outbox = dynamodb?.NewImage?.outbox?.S;
      if (outbox !== undefined) outboxes.push(outbox);
    }
    next = read.NextShardIterator;
  }
  return outboxes;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export const createStreamPlaces = (client = new DynamoDBStreamsClient()): StreamPlaces => ({
  async outboxesAt(text) {
    const read = letter.safeParse(parsed(text));
    if (!read.success) return undefined;
    const place = read.data.DDBStreamBatchInfo;
    try {
      return { outboxes: await readFrom(client, place) };
    } catch (error) {
      if (!isForgotten(error)) throw error;
      const momentOf = (time: string): string => new Date(time).toISOString();
      const [from, to] = [place.approximateArrivalOfFirstRecord, place.approximateArrivalOfLastRecord].map(momentOf);
      return { gone: { from: from!, to: to! } };
    }
  },
});
