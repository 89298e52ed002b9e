// A tenant that has everything there is to have, deployed to the local cloud, with what is looked at from outside: its queues, its log, all that
// is told on its bus.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { retryAfter } from '../../cli/local-cloud/adjust.ts';
import { type LocalCloud, startLocalCloud } from '../../cli/local-cloud/local-cloud.ts';
import { playbookFileOf, savePlaybookFile } from '../../cli/tenant-playbook.ts';
import { loadTenant } from '../../infra/tenant.ts';
import { createTable } from '../../lib/adapters/aws/table.ts';
import type { Table } from '../../lib/ports.ts';
import { wholeTenant } from '../alarms/template-alarms.ts';
import { known } from '../fuzz/target.ts';
import { organisationId } from '../sources/salesforce-messages.ts';

/** What there is beside `wholeTenant`: a Salesforce that sends messages, and a CRM that is to be told and whose credentials nobody has. */
export const watchedTenant = {
  ...wholeTenant,
  crm: {
    ...wholeTenant.crm,
    sf: { kind: 'salesforce', organisationId },
    hubspot: {
      kind: 'hubspot',
      portalId: 62515,
      writeBack: { person: { status: 'muster_status' }, account: {} },
    },
  },
} as const satisfies Parameters<typeof writeTenant>[1];

const writeTenant = (folder: string, changes: typeof wholeTenant): void => {
  const { name, ...demo } = loadTenant('demo');
  writeFileSync(join(folder, `${name}.yaml`), JSON.stringify({ ...demo, ...changes }));
};

/** The demo's, where who asks for the newsletter is answered too. */
const savePlaybook = async (folder: string, tableName: string): Promise<void> => {
  const [file, form] = [join(folder, 'demo.playbook.yaml'), '\n  newsletter:\n'];
  const answer = '    autoResponse: { consent: not-needed, subject: Welcome, text: You are on our list. }\n';
  writeFileSync(file, readFileSync(playbookFileOf('demo'), 'utf8').replace(form, `${form}${answer}`));
  await savePlaybookFile(file, tableName);
};

/** A secret with values beside those it has, all of them live. */
const addTo = async (
  secrets: SecretsManagerClient,
  SecretId: string,
  values: Readonly<Record<string, string>>,
): Promise<void> => {
  const { SecretString = '{}' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  const now = secretValues.parse(JSON.parse(SecretString));
  const both = Object.entries(values).map(([name, value]) => [name, [now[name] ?? [], value].flat()]);
  const all = { ...now, ...Object.fromEntries(both) };
  await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(all) }));
};

export interface WatchedCloud {
  cloud: LocalCloud;
  table: Table;
  events: EventBridgeClient;
  sqs: SQSClient;
  /** Of the queues and of those of dead letters, by their short names. */
  queueUrl(name: string): string;
  send(queue: string, body: string): Promise<void>;
  /** Messages that are seen now, and those somebody works on. */
  depth(queue: string): Promise<{ visible: number; worked: number }>;
  /** Has what fails meanwhile tried again after a second, so that it soon is dead. */
  hurrying<Answer>(work: () => Promise<Answer>): Promise<Answer>;
  /** All that was told on the tenant's bus since it was opened. */
  heard(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** Longer than any work here takes, also where the machine is busy: nothing is worked on twice at once. */
const retrySeconds = 20;

const secretValues = z.record(z.string(), z.unknown());

export const openWatchedCloud = async (): Promise<WatchedCloud> => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-watched-'));
  writeTenant(folder, watchedTenant);
  const cloud = await startLocalCloud({ retrySeconds, tenants: folder });
  return watch(cloud, folder);
};

const watch = async (cloud: LocalCloud, folder: string): Promise<WatchedCloud> => {
  Object.assign(process.env, cloud.environment);
  const { outputs, environment } = cloud;
  await savePlaybook(folder, outputs.TableName);
  const client = { endpoint: cloud.endpoint, region: environment.AWS_REGION };
  const [sqs, events, secrets] = [
    new SQSClient(client),
    new EventBridgeClient(client),
    new SecretsManagerClient(client),
  ];
  // Before any function has read them.
  await addTo(secrets, outputs.CrmSecretId, { ...known.secret, hubspot: 'hubspot-secret' });
  await addTo(secrets, outputs.ReadSecretId, { tokens: known.tokens.read });
  await addTo(secrets, outputs.DecisionSecretId, { tokens: known.tokens.decision });
  await addTo(secrets, outputs.OperatorSecretId, { tokens: known.tokens.operator });
  await addTo(secrets, outputs.LinksSecretId!, { secrets: known.secret.link });
  const queueUrl = (name: string): string => `${cloud.endpoint}/000000000000/muster-demo-${name}`;
  const QueueUrl = await hearAll({ sqs, events }, outputs.BusName);
  const heard: string[] = [];
  return {
    ...{ cloud, events, sqs, queueUrl },
    table: createTable(outputs.TableName),
    send: async (queue, MessageBody) => {
      await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(queue), MessageBody }));
    },
    depth: async (queue) => {
      const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
      const asked = { QueueUrl: queueUrl(queue), AttributeNames: [...AttributeNames] };
      const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand(asked));
      const [visible, worked] = AttributeNames.map((name) => Number(Attributes[name]));
      return { visible: visible!, worked: worked! };
    },
    hurrying: async (work) => {
      await retryAfter(cloud.endpoint, outputs, 1);
      try {
        return await work();
      } finally {
        await retryAfter(cloud.endpoint, outputs, retrySeconds);
      }
    },
    heard: async () => {
      heard.push(...(await takenFrom(sqs, QueueUrl)));
      return heard;
    },
    stop: async () => {
      for (const one of [sqs, events, secrets]) one.destroy();
      await cloud.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Has every event of the bus put on a queue, whose address it answers. */
const hearAll = async (
  { sqs, events }: Pick<WatchedCloud, 'sqs' | 'events'>,
  EventBusName: string,
): Promise<string> => {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'all-there-is-on-the-bus' }));
  const rule = { EventBusName, EventPattern: JSON.stringify({ account: [{ prefix: '' }] }) };
  await events.send(new PutRuleCommand({ Name: 'everything', ...rule }));
  const Arn = `arn:aws:sqs:eu-central-1:000000000000:${QueueUrl.split('/').at(-1)}`;
  await events.send(new PutTargetsCommand({ EventBusName, Rule: 'everything', Targets: [{ Id: 'all', Arn }] }));
  return QueueUrl;
};

const takenFrom = async (sqs: SQSClient, QueueUrl: string): Promise<string[]> => {
  const bodies: string[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    if (Messages.length === 0) return bodies;
    bodies.push(...Messages.map(({ Body = '' }) => Body));
    const Entries = Messages.map(({ ReceiptHandle }, place) => ({ Id: String(place), ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }
};
