// Every AWS adapter against its port's contract, on MiniStack.
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateScheduleGroupCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { inject } from 'vitest';
import { z } from 'zod';
import { createBus } from '../../lib/adapters/aws/bus.ts';
import { createDeadLetters } from '../../lib/adapters/aws/dead-letters.ts';
import { createMailer } from '../../lib/adapters/aws/mailer.ts';
import { createQueue } from '../../lib/adapters/aws/queue.ts';
import { createSecrets } from '../../lib/adapters/aws/secrets.ts';
import { createStoredSecrets } from '../../lib/adapters/aws/stored-secrets.ts';
import { createTimers } from '../../lib/adapters/aws/timers.ts';
import { systemClock } from '../../lib/adapters/system-clock.ts';
import { type Subscriber, type Subscription, subscriptions } from '../../lib/subscriptions.ts';
import { clientFor, openDynamoTable } from './aws-clients.ts';
import { busContract } from './bus-contract.ts';
import { deadLettersContract } from './dead-letters-contract.ts';
import { mailerContract } from './mailer-contract.ts';
import { queueContract } from './queue-contract.ts';
import { scanContract } from './scan-contract.ts';
import { secretsContract } from './secrets-contract.ts';
import { storedSecretsContract } from './stored-secrets-contract.ts';
import { tableContract } from './table-contract.ts';
import { timersContract } from './timers-contract.ts';

const name = 'MiniStack';
const sqs = () => new SQSClient(clientFor(inject('miniStack')));
const close = async () => {};

async function makeQueue(client: SQSClient): Promise<{ url: string; arn: string }> {
  const { QueueUrl: url = '' } = await client.send(new CreateQueueCommand({ QueueName: `muster-${randomUUID()}` }));
  const attributes = await client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }));
  return { url, arn: attributes.Attributes?.QueueArn ?? '' };
}

/** Everything in the queue; waits up to 10 s for at least `count`. */
const drain = async (client: SQSClient, url: string, count = 0): Promise<string[]> =>
  (await drainMessages(client, url, count)).map(({ body }) => body);

async function drainMessages(client: SQSClient, url: string, count = 0) {
  const found: { body: string; traceId: string | undefined }[] = [];
  for (const until = Date.now() + 10_000; ; ) {
    const receive = { QueueUrl: url, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] };
    const { Messages = [] } = await client.send(new ReceiveMessageCommand(receive));
    for (const { Body = '', ReceiptHandle, MessageAttributes } of Messages) {
      found.push({ body: Body, traceId: MessageAttributes?.traceId?.StringValue });
      await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
    }
    if (Messages.length === 0 && (found.length >= count || Date.now() > until)) return found;
    if (Messages.length === 0) await wait(50);
  }
}

tableContract(name, () => openDynamoTable(inject('miniStack')));

queueContract(name, async () => {
  const client = sqs();
  const { url } = await makeQueue(client);
  return { queue: createQueue(url, client), drain: () => drainMessages(client, url), close };
});

scanContract(name, () => openDynamoTable(inject('miniStack')));

deadLettersContract(name, async () => {
  const client = sqs();
  const [queue, dead] = [await makeQueue(client), await makeQueue(client)];
  return {
    deadLetters: createDeadLetters({ prompt: { queue: queue.url, dead: dead.url } }, client),
    bury: (bodies) => createQueue(dead.url, client).send(bodies),
    afterBurial: () => new Date(Date.now() + 60_000).toISOString(),
    drain: () => drain(client, queue.url),
    close,
  };
});

const envelope = z.object({ source: z.literal('muster'), 'detail-type': z.string(), detail: z.unknown() });

busContract(name, async () => {
  const client = sqs();
  const bridge = new EventBridgeClient(clientFor(inject('miniStack')));
  const busName = `muster-${randomUUID()}`;
  await bridge.send(new CreateEventBusCommand({ Name: busName }));
  const urls = new Map<Subscriber, string>();
  for (const [subscriber, heard] of Object.entries(subscriptions) as [Subscriber, readonly Subscription[]][]) {
    const { url, arn } = await makeQueue(client);
    urls.set(subscriber, url);
    const rule = { Name: subscriber, EventBusName: busName };
    const pattern = { source: ['muster'], 'detail-type': heard.map(({ type }) => type) };
    await bridge.send(new PutRuleCommand({ ...rule, EventPattern: JSON.stringify(pattern) }));
    const targets = [{ Id: 'queue', Arn: arn }];
    await bridge.send(new PutTargetsCommand({ Rule: subscriber, EventBusName: busName, Targets: targets }));
  }
  return {
    bus: createBus(busName, bridge),
    heard: async (subscriber, count) => {
      const bodies = await drain(client, urls.get(subscriber) ?? '', count);
      return bodies.map((body) => envelope.parse(JSON.parse(body)).detail);
    },
    close,
  };
});

timersContract(name, async () => {
  const client = sqs();
  const scheduler = new SchedulerClient(clientFor(inject('miniStack')));
  const { url, arn } = await makeQueue(client);
  const group = `muster-${randomUUID()}`;
  await scheduler.send(new CreateScheduleGroupCommand({ Name: group }));
  const roleArn = 'arn:aws:iam::000000000000:role/timers';
  return {
    timers: createTimers({ group, queueArn: arn, roleArn }, scheduler),
    clock: systemClock,
    // It looks at its schedules every second.
    passUntil: (time) => wait(time - Date.now() + 3_000),
    fired: () => drain(client, url),
    close,
  };
});

const kept = z.object({
  messages: z.record(
    z.string(),
    z.array(z.object({ To: z.array(z.string()), Subject: z.string(), BodyText: z.string(), BodyHtml: z.string() })),
  ),
});

mailerContract(name, async () => {
  const client = new SESv2Client(clientFor(inject('miniStack')));
  await client.send(new CreateEmailIdentityCommand({ EmailIdentity: 'muster@muster.example' }));
  return {
    mailer: createMailer({ from: 'Muster <muster@muster.example>' }, client),
    sent: async () => {
      const answer = await fetch(`${inject('miniStack')}/_ministack/ses/messages`);
      const { messages } = kept.parse(await answer.json());
      return Object.values(messages)
        .flat()
        .map(({ To, Subject, BodyText, BodyHtml }) => ({
          to: To.join(),
          subject: Subject,
          text: BodyText,
          html: BodyHtml,
        }));
    },
    close,
  };
});

secretsContract(name, async ({ webhooks, crmCredentials, readTokens, decisionTokens, operatorTokens, linkSecrets }) => {
  const client = new SecretsManagerClient(clientFor(inject('miniStack')));
  const create = async (value: object) => {
    const id = `muster/${randomUUID()}`;
    await client.send(new CreateSecretCommand({ Name: id, SecretString: JSON.stringify(value) }));
    return id;
  };
  const ids = {
    crm: await create(webhooks),
    // As the stack makes it, with what somebody put there.
    crmApi: await create({ _: 'generated', ...crmCredentials }),
    read: await create({ tokens: readTokens[0] }),
    decisions: await create({ tokens: decisionTokens[0] }),
    operators: await create({ tokens: operatorTokens[0] }),
    // While one is exchanged for the next.
    links: await create({ secrets: linkSecrets }),
  };
  return { secrets: createSecrets(ids, client), close };
});

storedSecretsContract(name, { one: 'crm/one', other: 'edge' }, async () => {
  const client = new SecretsManagerClient(clientFor(inject('miniStack')));
  const create = async (value: object) => {
    const id = `muster/${randomUUID()}`;
    await client.send(new CreateSecretCommand({ Name: id, SecretString: JSON.stringify(value) }));
    return id;
  };
  const places = {
    'crm/one': { id: await create({ crm: 'generated', one: 'first' }), key: 'one' },
    edge: { id: await create({ sent: 'generated' }), key: 'sent', also: 'also' },
  };
  return createStoredSecrets('eu-central-1', (one) => places[one as keyof typeof places], client);
});
