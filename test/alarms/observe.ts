// What a system in memory tells of itself, as CloudWatch would have it: Muster's own counts as they are recorded, and once a minute what
// SQS says of its queues.
import { queueNames } from '../../infra/queues.ts';
import type { QueueName } from '../../lib/ports.ts';
import type { World } from '../simulation/world.ts';
import { type AlarmDefinition, evaluateAlarm, periodOf, seriesOf } from './evaluate.ts';
import type { Sample } from './samples.ts';

const minuteMs = 60_000;
const watched: readonly QueueName[] = [...queueNames, 'sync-crm', 'outbound'];

export interface Observed {
  samples: Sample[];
  /** Goes on to that moment, a minute at a time. */
  until(moment: string): Promise<void>;
}

export const observe = (world: World): Observed => {
  const { clock, meter, queues } = world.embedded;
  const samples: Sample[] = [];
  const record = meter.record.bind(meter);
  meter.record = (values) => {
    for (const [name, value = 0] of Object.entries(values))
      if (value > 0 || name.endsWith('Seconds'))
        samples.push({ namespace: 'Muster', name, dimensions: { tenant: 'demo' }, at: clock.now(), value });
    record(values);
  };
  const waitingSince = new Map<QueueName, number>();
  const lookAtQueues = () => {
    const at = clock.now();
    const tell = (queue: string, name: string, value: number) =>
      samples.push({ namespace: 'AWS/SQS', name, dimensions: { QueueName: `muster-demo-${queue}` }, at, value });
    for (const queue of watched) {
      const { waiting, dead } = queues.depth(queue);
      if (waiting === 0) waitingSince.delete(queue);
      else if (!waitingSince.has(queue)) waitingSince.set(queue, at);
      tell(`${queue}-dlq`, 'ApproximateNumberOfMessagesVisible', dead);
      tell(queue, 'ApproximateAgeOfOldestMessage', (at - (waitingSince.get(queue) ?? at)) / 1_000);
    }
  };
  return {
    samples,
    until: async (moment) => {
      while (clock.now() < Date.parse(moment)) {
        await world.advanceTo(new Date(Math.min(clock.now() + minuteMs, Date.parse(moment))).toISOString());
        lookAtQueues();
      }
    },
  };
};

const namesOf = (alarm: AlarmDefinition): ReadonlySet<string> =>
  new Set(Object.values(seriesOf(alarm)).map(({ name }) => name));

/** Names of the alarms that told at any time between. An alarm looks anew when another of its periods is over. */
export const toldBetween = (
  alarms: Readonly<Record<string, AlarmDefinition>>,
  samples: readonly Sample[],
  from: string,
  to: string,
): string[] =>
  Object.entries(alarms)
    .filter(([, alarm]) => {
      const names = namesOf(alarm);
      const own = samples.filter(({ name }) => names.has(name));
      const periodMs = periodOf(alarm) * 1_000;
      const first = Math.floor(Date.parse(from) / periodMs) * periodMs;
      const looks = Math.floor((Date.parse(to) - first) / periodMs);
      return Array.from({ length: looks + 1 }, (_, index) => first + index * periodMs).some(
        (now) => evaluateAlarm(alarm, own, now) === 'ALARM',
      );
    })
    .map(([name]) => name)
    .sort();
