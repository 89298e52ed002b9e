// The only caller of the bus: publishes what the table's stream shows to have been saved.
import * as z from 'zod';
import { type Published, published } from '../../events/catalogue.ts';
import type { MetricName } from '../metrics.ts';
import type { Bus, Log, Meter } from '../ports.ts';
import { tracesOf } from '../trace.ts';

const outbox = z.array(published);

/** What is worth counting of what happened. All of it passes here. */
const countedAs = (event: Published): readonly MetricName[] => {
  switch (event.type) {
    case 'lead-qualified.v1':
      return ['LeadQualified'];
    case 'lead-routed.v1':
      return ['LeadRouted', 'SlaStarted'];
    case 'sla-breached.v1':
      return ['SlaBreached'];
    case 'sla-stopped.v1':
      return event.because === 'answered' ? ['SlaAnswered'] : [];
    case 'status-flapping.v1':
      return ['StatusFlapping'];
    default:
      return [];
  }
};

const countsOf = (events: readonly Published[]): Partial<Record<MetricName, number>> => {
  const counts: Partial<Record<MetricName, number>> = {};
  for (const name of events.flatMap(countedAs)) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

/** One event per changed lead or account in a batch: the last, since whoever hears it reads the state anyway. */
const collapsed = (events: readonly Published[]): Published[] => {
  const last = new Map<string, Published>();
  for (const event of events) {
    const about =
      event.type === 'lead-changed.v1'
        ? `${event.accountId} ${event.leadId}`
        : event.type === 'account-changed.v1'
          ? event.accountId
          : event.id;
    last.set(`${event.type} ${about}`, event);
  }
  return [...last.values()];
};

export interface PublishPorts {
  bus: Bus;
  log?: Log | undefined;
  meter?: Meter | undefined;
}

const tracesIn = (events: readonly Published[]) => events.map(({ traceId }) => traceId);

/** Takes outboxes in the order they were saved. Throws when the bus did not take everything: the same then come again. */
export const createPublish =
  ({ bus, log, meter }: PublishPorts) =>
  async (outboxes: readonly string[]): Promise<void> => {
    const saved = outboxes.flatMap((text) => outbox.parse(JSON.parse(text)));
    const events = collapsed(saved);
    if (events.length === 0) return;
    await bus.publish(events);
    const joined = saved.length - events.length;
    // What is joined goes on under one of several traces: the others end here.
    if (joined > 0) log?.info('events joined', { events: events.length, joined, ...tracesOf(tracesIn(saved)) });
    meter?.record(countsOf(events));
  };
