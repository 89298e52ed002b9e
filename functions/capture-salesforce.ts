// What Salesforce's Event Relay put on the tenant's partner event buses, by way of a queue: its changes go on the prompt queue.
import type { CrmChangeCaptured } from '../events/crm-change-captured.v1.ts';
import type { Connection } from '../lib/domain/connection.ts';
import { crmMappingOf } from '../lib/domain/playbook/crm-mapping.ts';
import type { Playbook } from '../lib/domain/playbook/playbook.ts';
import type { Clock, Log, Meter, Queue } from '../lib/ports.ts';
import { readChangeEvent, relayedEvent } from '../lib/sources/salesforce-cdc.ts';
import { captureLines } from '../lib/steps/capture.ts';
import { asItCame, queueHandler } from './queue-handler.ts';

export interface CaptureSalesforcePorts {
  queue: Queue;
  playbook: () => Promise<Playbook>;
  connections: Readonly<Record<string, Connection>>;
  clock: Clock;
  log: Log;
  meter?: Meter | undefined;
}

export const createHandler = ({ queue, playbook, connections, clock, log, meter }: CaptureSalesforcePorts) =>
  queueHandler(async (messages) => {
    const live = await playbook();
    const lines: CrmChangeCaptured[] = [];
    const failed: string[] = [];
    for (const { id, body } of messages) {
      const event = relayedEvent(body, connections);
      const mapping = event && crmMappingOf(live, event.source);
      const reading = mapping && readChangeEvent(event.detail, { source: event.source, now: clock.now(), mapping });
      if (reading === undefined || 'problems' in reading) {
        log.error('a change event cannot be read', { id, source: event?.source, fields: reading?.problems });
        failed.push(id);
        continue;
      }
      lines.push(...reading.lines);
      for (const one of reading.unread) log.warn('unread', { source: event?.source, ...one });
    }
    await captureLines({ queue, meter }, lines);
    return { failed };
  }, asItCame);
