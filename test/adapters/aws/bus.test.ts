// What the bus sends to EventBridge, which answers 200 to what it did not take.
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { leadChangedV1Sample } from '../../../events/lead-changed.v1.ts';
import { createBus } from '../../../lib/adapters/aws/bus.ts';

const bridge = mockClient(EventBridgeClient);
const bus = createBus('muster-demo', new EventBridgeClient({ region: 'eu-central-1' }));
const events = (count: number) => Array.from({ length: count }, (_, n) => ({ ...leadChangedV1Sample, id: `evt_${n}` }));
const sentIds = () =>
  bridge
    .commandCalls(PutEventsCommand)
    .map((call) => call.args[0].input.Entries?.map((entry) => /evt_\d+/.exec(entry.Detail ?? '')?.[0]));
const taken = { EventId: 'x' };
const refused = { ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' };

describe('the bus on EventBridge', () => {
  beforeEach(() => {
    bridge.reset();
    bridge.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [] });
  });

  it('names the bus, the source and the type, and sends the event as it is', async () => {
    await bus.publish([leadChangedV1Sample]);
    const [entry, ...others] = bridge.commandCalls(PutEventsCommand)[0]?.args[0].input.Entries ?? [];
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ EventBusName: 'muster-demo', Source: 'muster', DetailType: 'lead-changed.v1' });
    expect(JSON.parse(entry?.Detail ?? '')).toEqual(leadChangedV1Sample);
  });

  it('sends in tens', async () => {
    await bus.publish(events(21));
    expect(sentIds().map((ids) => ids?.length)).toEqual([10, 10, 1]);
  });

  it('sends nothing for nothing', async () => {
    await bus.publish([]);
    expect(bridge.calls()).toEqual([]);
  });

  it('sends again what EventBridge refused, and only that', async () => {
    bridge
      .on(PutEventsCommand)
      .resolvesOnce({ FailedEntryCount: 2, Entries: [refused, taken, refused] })
      .resolvesOnce({ FailedEntryCount: 1, Entries: [taken, refused] })
      .resolves({ FailedEntryCount: 0, Entries: [taken] });
    await bus.publish(events(3));
    expect(sentIds()).toEqual([['evt_0', 'evt_1', 'evt_2'], ['evt_0', 'evt_2'], ['evt_2']]);
  });

  it('throws when EventBridge keeps refusing', async () => {
    bridge.on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [refused] });
    await expect(bus.publish(events(1))).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    expect(sentIds()).toHaveLength(5);
  });
});
