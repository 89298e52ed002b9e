// Two tenants side by side in one account, and every way tried from one to the other.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../../cli/local-cloud/local-cloud.ts';
import { type StackResource, stackResources } from '../../lib/adapters/aws/stack-contents.ts';
import { root } from '../architecture/house.ts';
import { temporaryFolder } from '../cli/run.ts';
import { eventually } from '../e2e/eventually.ts';
import { buyer, postForm } from '../e2e/post.ts';
import { deployedTemplate, openedBy, statementsOf } from './policies.ts';

const { file, path } = temporaryFolder();
const demoFile = (name: string): string => readFileSync(join(root, 'infra', 'tenants', name), 'utf8');
for (const [tenant, key] of [
  ['left', 'left-write-key'],
  ['right', 'right-write-key'],
]) {
  file(
    `${tenant}.yaml`,
    demoFile('demo.yaml').replace('demo-write-key', key!).replace('createIdentity: true', 'createIdentity: false'),
  );
  file(`${tenant}.playbook.yaml`, demoFile('demo.playbook.yaml'));
}
const region = 'eu-central-1';

interface Side {
  cloud: LocalCloud;
  resources: StackResource[];
  token: string;
}
let left: Side;
let right: Side;

const deployed = async (tenant: string): Promise<Side> => {
  const cloud = await startLocalCloud({ tenant, tenants: path(''), endpoint: inject('miniStack') });
  Object.assign(process.env, cloud.environment);
  const secrets = new SecretsManagerClient({ region });
  const { SecretString = '{}' } = await secrets.send(
    new GetSecretValueCommand({ SecretId: cloud.outputs.ReadSecretId }),
  );
  const { tokens } = JSON.parse(SecretString) as { tokens: string };
  return { cloud, resources: await stackResources(`muster-${tenant}`, region), token: tokens };
};

const { savePlaybookFile } = await import('../../cli/tenant-playbook.ts');

beforeAll(async () => {
  left = await deployed('left');
  right = await deployed('right');
  for (const { cloud } of [left, right]) await savePlaybookFile(path('left.playbook.yaml'), cloud.outputs.TableName);
}, 240_000);

const read = async ({ cloud }: Side, what: string, token: string): Promise<Response> =>
  fetch(`${cloud.apiUrl}/api/${what}`, { headers: { authorization: `Bearer ${token}` } });

describe('two tenants in one account', () => {
  it('share no resource', () => {
    const ids = new Set(left.resources.map(({ type, id }) => `${type} ${id}`));
    // Named within their pool or API: not names of the account.
    const inner = [
      'AWS::Cognito::UserPoolGroup',
      'AWS::ApiGatewayV2::Stage',
      'AWS::Cognito::UserPoolUICustomizationAttachment',
    ];
    const named = right.resources.filter(
      ({ id, type }) => id !== '' && !inner.includes(type) && ids.has(`${type} ${id}`),
    );
    expect(named).toEqual([]);
    for (const type of [
      'DynamoDB::Table',
      'Events::EventBus',
      'SQS::Queue',
      'SecretsManager::Secret',
      'IAM::Role',
      'Logs::LogGroup',
      'Scheduler::ScheduleGroup',
      'Lambda::Function',
    ])
      for (const { resources } of [left, right])
        expect([type, resources.some((one) => one.type === `AWS::${type}`)]).toEqual([type, true]);
  });

  it('open nothing of each other’s by any statement of any policy', async () => {
    for (const [mine, theirs] of [
      ['left', right],
      ['right', left],
    ] as const) {
      const own = mine === 'left' ? left : right;
      const statements = statementsOf(await deployedTemplate(`muster-${mine}`, region), own.resources);
      expect(statements.length).toBeGreaterThan(20);
      expect(openedBy(statements, own.resources).length).toBeGreaterThan(20);
      expect(openedBy(statements, theirs.resources)).toEqual([]);
    }
  });

  it('take no token of each other’s', async () => {
    expect((await read(left, 'accounts', left.token)).status).toBe(200);
    expect((await read(right, 'accounts', left.token)).status).toBe(401);
    expect((await read(left, 'accounts', right.token)).status).toBe(401);
  });

  it('know nobody of each other’s, and hear nothing of each other’s', { timeout: 60_000 }, async () => {
    expect((await postForm(left.cloud, 'demo-request', buyer('crossing'))).status).toBe(202);
    const accounts = await eventually({ what: 'the account at the left', withinMs: 40_000 }, async () => {
      const text = await (await read(left, 'accounts', left.token)).text();
      return text.includes('crossing.example') ? text : undefined;
    });
    const id = /acct_[0-9a-f]{16}/.exec(accounts)![0];
    expect((await read(left, `accounts/${id}`, left.token)).status).toBe(200);
    expect((await read(right, `accounts/${id}`, right.token)).status).toBe(404);
    expect(await (await read(right, 'accounts', right.token)).text()).not.toContain(id);
  });

  it('refuse hits with the write key of the other', async () => {
    const hit = (side: Side, writeKey: string) =>
      fetch(`${side.cloud.apiUrl}/v1/batch`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ writeKey, batch: [{ type: 'page', messageId: 'm1', anonymousId: 'a1' }] }),
      });
    expect((await hit(left, 'left-write-key')).status).toBe(200);
    expect((await hit(right, 'left-write-key')).status).toBe(401);
  });

  it('deliver an event of one bus to no queue of the other', async () => {
    const sqs = new SQSClient({ region });
    const waiting = async (url: string): Promise<number> => {
      const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...AttributeNames] }),
      );
      return AttributeNames.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
    };
    const event = { type: 'lead-routed.v1', id: 'evt_crossing', at: '2026-11-22T12:00:00.000Z' };
    await new EventBridgeClient({ region }).send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: left.cloud.outputs.BusName,
            Source: 'muster',
            DetailType: event.type,
            Detail: JSON.stringify(event),
          },
        ],
      }),
    );
    // It arrives at the left, where it is refused again and again: by then it would be at the right as well.
    await eventually({ what: 'the event at the left', withinMs: 30_000 }, async () =>
      (await waiting(left.cloud.outputs.SlaQueueUrl)) > 0 ? true : undefined,
    );
    expect(await waiting(right.cloud.outputs.SlaQueueUrl)).toBe(0);
    expect(await waiting(right.cloud.outputs.NotifyQueueUrl)).toBe(0);
  });
});
