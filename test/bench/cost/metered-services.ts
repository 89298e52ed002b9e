// Stand-ins for SQS, EventBridge, Scheduler and SES: the real SDK clients, answered in this process and counted as AWS would.
import { EventBridgeClient, type PutEventsCommandInput } from '@aws-sdk/client-eventbridge';
import { type CreateScheduleCommandInput, SchedulerClient } from '@aws-sdk/client-scheduler';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { type SendMessageBatchCommandInput, type SendMessageCommandInput, SQSClient } from '@aws-sdk/client-sqs';
import type { QueueName } from '../../../infra/queues.ts';
import { type Subscription, subscriptions } from '../../../lib/subscriptions.ts';
import { clientFor } from '../../contracts/aws-clients.ts';
import { chunks, type Meter } from './meter.ts';

interface Middleware {
  middlewareStack: {
    add(
      middleware: (
        next: unknown,
        context: { commandName?: string },
      ) => (args: { input: unknown }) => Promise<{ output: object; response: unknown }>,
      options: { step: 'initialize'; name: string },
    ): void;
  };
}

/** Answers every call itself: nothing is sent. */
const answered = <Client>(client: Client, answer: (command: string, input: unknown) => object): Client => {
  (client as Middleware).middlewareStack.add(
    (_next, { commandName = '' }) =>
      async ({ input }) => ({ output: { $metadata: {}, ...answer(commandName, input) }, response: {} }),
    { step: 'initialize', name: 'stand-in' },
  );
  return client;
};

export interface Services {
  sqs: SQSClient;
  eventBridge: EventBridgeClient;
  scheduler: SchedulerClient;
  ses: SESv2Client;
  /** What waits, by queue. */
  waiting: Record<QueueName, string[]>;
  schedules: Map<string, { at: string; body: string }>;
}

const here = clientFor('http://127.0.0.1:9');

export const createServices = (meter: Meter): Services => {
  const waiting: Services['waiting'] = {
    ...{ prompt: [], hits: [], timers: [] },
    ...{ assess: [], route: [], sla: [], notify: [], operate: [] },
  };
  const schedules: Services['schedules'] = new Map();
  const send = (queue: QueueName, body: string, requests: number): void => {
    waiting[queue].push(body);
    meter.add('sqsRequests', `send ${queue}`, requests);
  };
  const sqs = answered(new SQSClient(here), (command, input) => {
    if (command === 'SendMessageCommand') {
      const { QueueUrl, MessageBody = '' } = input as SendMessageCommandInput;
      send(QueueUrl as QueueName, MessageBody, chunks(Buffer.byteLength(MessageBody)));
      return { MessageId: 'message' };
    }
    const { QueueUrl, Entries = [] } = input as SendMessageBatchCommandInput;
    const bytes = Entries.reduce((sum, { MessageBody = '' }) => sum + Buffer.byteLength(MessageBody), 0);
    meter.add('sqsRequests', `send ${QueueUrl}`, chunks(bytes));
    for (const { MessageBody = '' } of Entries) send(QueueUrl as QueueName, MessageBody, 0);
    return { Successful: Entries.map(({ Id }) => ({ Id })) };
  });
  const eventBridge = answered(new EventBridgeClient(here), (_command, input) => {
    const { Entries = [] } = input as PutEventsCommandInput;
    for (const { DetailType = '', Detail = '' } of Entries) {
      meter.add('eventBridgeEvents', DetailType, chunks(Buffer.byteLength(Detail)));
      // The demo's CRM is told nothing, and nobody outside.
      const { 'sync-crm': _, outbound: __, ...every } = subscriptions;
      for (const [subscriber, heard] of Object.entries(every) as [keyof typeof every, readonly Subscription[]][]) {
        // As a rule's target gets it; the rule sends each event in a request of its own.
        const envelope = `{"version":"0","id":"e","source":"muster","detail-type":${JSON.stringify(DetailType)},"detail":${Detail}}`;
        const detail = JSON.parse(Detail) as Record<string, string>;
        const hears = heard.some(
          ({ type, where = {} }) =>
            type === DetailType && Object.entries(where).every(([field, values]) => values.includes(detail[field]!)),
        );
        if (hears) send(subscriber, envelope, chunks(Buffer.byteLength(envelope)));
      }
    }
    return { FailedEntryCount: 0, Entries: Entries.map(() => ({ EventId: 'event' })) };
  });
  const scheduler = answered(new SchedulerClient(here), (command, input) => {
    const { Name = '', ScheduleExpression = '', Target } = input as CreateScheduleCommandInput;
    if (command === 'DeleteScheduleCommand') schedules.delete(Name);
    else schedules.set(Name, { at: `${ScheduleExpression.slice(3, -1)}.000Z`, body: Target?.Input ?? '' });
    return {};
  });
  const ses = answered(new SESv2Client(here), () => {
    meter.add('sesMessages', 'mail');
    return { MessageId: 'mail' };
  });
  return { sqs, eventBridge, scheduler, ses, waiting, schedules };
};
