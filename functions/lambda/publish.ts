// Lambda entry behind the table's stream: publishes what follows from what was saved. It fails as a whole, so that the
// shard waits and nothing is passed over; listeners know repeats.
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { createBus } from '../../lib/adapters/aws/bus.ts';
import { outboxOf } from '../../lib/adapters/aws/change-stream.ts';
import { readEnvironment } from '../../lib/adapters/aws/environment.ts';
import { createLog } from '../../lib/adapters/aws/log.ts';
import { createMeter } from '../../lib/adapters/aws/meter.ts';
import { createPublish } from '../../lib/steps/publish.ts';

const env = readEnvironment(['TENANT', 'BUS_NAME']);
const publish = createPublish({
  bus: createBus(env.BUS_NAME),
  log: createLog(env.TENANT),
  meter: createMeter(env.TENANT),
});

export const handler = async ({ Records }: DynamoDBStreamEvent): Promise<void> =>
  publish(Records.map(outboxOf).filter((outbox) => outbox !== undefined));
