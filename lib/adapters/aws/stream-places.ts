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

/** Undefined where its last record does not come: what came is then not all of it. */
const readFrom = async (client: DynamoDBStreamsClient, place: Place): Promise<string[] | undefined> => {
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
      const number = BigInt(dynamodb?.SequenceNumber ?? 0);
      const outbox = dynamodb?.NewImage?.outbox?.S;
      if (outbox !== undefined && number <= last) outboxes.push(outbox);
      if (number >= last) return outboxes;
    }
    next = read.NextShardIterator;
  }
  return undefined;
};

const isGone = ({ approximateArrivalOfFirstRecord: first, approximateArrivalOfLastRecord: last }: Place) => ({
  gone: { from: new Date(first).toISOString(), to: new Date(last).toISOString() },
});

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
      const outboxes = await readFrom(client, place);
      return outboxes === undefined ? isGone(place) : { outboxes };
    } catch (error) {
      if (!isForgotten(error)) throw error;
      return isGone(place);
    }
  },
});
