// Lambda entry: keeps the clocks to first follow-up. One function on two queues: events of the bus, and timers.
import type { SQSEvent } from 'aws-lambda';
import { createSla, createSlaTimers } from '../../lib/steps/sla.ts';
import { queueHandler } from '../queue-handler.ts';
import { slaPorts } from './sla-ports.ts';

const { ports, timersQueueArn } = slaPorts();
const onEvents = queueHandler(createSla(ports));
const onTimers = queueHandler(createSlaTimers(ports));

/** A batch comes from one queue. */
export const handler = (event: SQSEvent, context: Parameters<typeof onEvents>[1]) =>
  event.Records[0]?.eventSourceARN === timersQueueArn ? onTimers(event, context) : onEvents(event, context);
