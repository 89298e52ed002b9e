// The life of a stack, by the commands that ops type: one of an earlier release, with data in it, is upgraded in place and deployed
// again; taken away with its data kept, and made anew around that; and in the end deleted with all it had.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeTableCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import * as z from 'zod';
import { linkTo } from '../../cli/local-cloud/adjust.ts';
import { root } from '../../cli/stack.ts';
import { type StackResource, stackResources } from '../../lib/adapters/aws/stack-contents.ts';
import { stackOutputsOf } from '../../lib/adapters/aws/stack-outputs.ts';
import { muster, temporaryFolder } from '../cli/run.ts';
import { eventually } from '../e2e/eventually.ts';
import { buyer, postForm } from '../e2e/post.ts';
import { earlierItems } from '../table/earlier-file.ts';
import { createEarlierStack, storeItems } from './earlier-stack.ts';
import { leftOf } from './left.ts';

const region = 'eu-central-1';
const endpoint = inject('miniStack');
Object.assign(process.env, {
  ...{ AWS_ENDPOINT_URL: endpoint, AWS_REGION: region },
  ...{ AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
});
const dynamoDb = new DynamoDBClient({ region });
const secretsManager = new SecretsManagerClient({ region });
const sqs = new SQSClient({ region });

const { file, path } = temporaryFolder();
const demoFile = (name: string): string => readFileSync(join(root, 'infra', 'tenants', name), 'utf8');
file('demo.yaml', demoFile('demo.yaml').replace('keepData: false', 'keepData: true'));
file('demo.playbook.yaml', demoFile('demo.playbook.yaml'));

/** What `destroy` writes may be somebody's already, who has this repository. */
const keptFile = join(root, '.muster', 'kept', 'demo.json');
const theirs = existsSync(keptFile) ? readFileSync(keptFile) : undefined;
afterAll(() => (theirs === undefined ? rmSync(keptFile, { force: true }) : writeFileSync(keptFile, theirs)));

/** What the command printed, of one that ended well. */
const typed = async (command: string, ...args: string[]): Promise<string> => {
  const { code, stdout, stderr } = await muster(command, ...args, '--tenant', 'demo', '--tenants', path(''));
  if (code !== 0) throw new Error(`${command} ended with ${code}:\n${stdout}\n${stderr}`);
  return stdout;
};

const resources = (): Promise<StackResource[]> => stackResources('muster-demo', region);
const idOf = (all: readonly StackResource[], type: string): string => all.find((one) => one.type === type)!.id;

const tableNow = async (name: string) => {
  const { Table } = await dynamoDb.send(new DescribeTableCommand({ TableName: name }));
  const { Count } = await dynamoDb.send(new ScanCommand({ TableName: name, Select: 'COUNT' }));
  return { id: Table!.TableId, made: Table!.CreationDateTime, items: Count! };
};

const readToken = async (): Promise<string> => {
  const { SecretString = '{}' } = await secretsManager.send(
    new GetSecretValueCommand({ SecretId: 'muster/demo/read' }),
  );
  return z.object({ tokens: z.string() }).parse(JSON.parse(SecretString)).tokens;
};

const apiUrl = async (): Promise<string> =>
  `${endpoint}/_aws/execute-api/${(await stackOutputsOf('demo', region))!.ApiId}/$default`;

/** As the local cloud has it: an API's own address is none there, and mails have links to it. */
const deploy = async (...options: string[]): Promise<string> => {
  const said = await typed('deploy', ...options);
  await linkTo(endpoint, { Tenant: 'demo', Region: region }, await apiUrl());
  return said;
};

const read = async (what: string): Promise<string> => {
  const headers = { authorization: `Bearer ${await readToken()}` };
  const response = await fetch(`${await apiUrl()}/api/${what}`, { headers });
  expect([what, response.status]).toEqual([what, 200]);
  return response.text();
};

const stored = earlierItems();
const accounts = stored.filter(({ type }) => type === 'account-assessment').map(({ pk }) => pk.replace('ACCOUNT#', ''));
const leads = stored.filter(({ type }) => type === 'lead').map(({ leadId }) => String(leadId));
const acme = String(
  stored.find(({ type, record }) => type === 'account' && JSON.stringify(record).includes('acme'))!.accountId,
);

const readsAll = async (): Promise<void> => {
  const list = await read('accounts');
  for (const id of accounts) {
    expect(list).toContain(id);
    expect(await read(`accounts/${id}`)).toContain(id);
  }
  for (const id of leads) expect(await read(`leads/${id}`)).toContain(id);
  for (const path of ['me', 'review', 'data-quality', 'attainment']) await read(path);
};

const mails = z.object({
  messages: z.record(z.string(), z.array(z.object({ To: z.array(z.string()), Subject: z.string() }))),
});

/** How often the account's owner was told that such a lead is theirs. */
const toldOf = async (firstName: string): Promise<number> => {
  const { messages } = mails.parse(await (await fetch(`${endpoint}/_ministack/ses/messages`)).json());
  const told = Object.values(messages)
    .flat()
    .filter(({ To, Subject }) => To.includes('ada@demo.example') && Subject.startsWith(`New lead: ${firstName} `));
  return told.length;
};

/** Captured, folded, assessed, routed to the account's owner, and mailed to them. */
const isFollowedUp = async (firstName: string): Promise<void> => {
  const email = `${firstName.toLowerCase()}@acme.example`;
  const form = { ...buyer('acme'), 'first-name': firstName, email };
  expect((await postForm({ apiUrl: await apiUrl() }, 'demo-request', form)).status).toBe(202);
  await eventually({ what: `a mail about ${firstName}`, withinMs: 40_000, lookEveryMs: 250 }, async () =>
    (await toldOf(firstName)) > 0 ? true : undefined,
  );
  expect(await read(`accounts/${acme}`)).toContain(firstName);
};

describe('a stack of the earlier release', () => {
  let before: StackResource[];
  let after: StackResource[];
  let table: Awaited<ReturnType<typeof tableNow>>;
  let token: string;

  beforeAll(async () => {
    await createEarlierStack(endpoint, region);
    before = await resources();
    const name = idOf(before, 'AWS::DynamoDB::Table');
    await storeItems(name, stored, region);
    table = await tableNow(name);
    token = await readToken();
    const { PromptDeadLettersUrl: QueueUrl } = (await stackOutputsOf('demo', region))!;
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'what waits for ops' }));
    // CloudFormation alone made that stack: the account is not prepared for the CDK yet.
    await deploy('--bootstrap');
    after = await resources();
  }, 240_000);

  it('is upgraded in place: table, secrets, queues, bus, logs and API stay what they were, with all in them', async () => {
    const now = new Map(after.map(({ logicalId, id }) => [logicalId, id]));
    const holding =
      /DynamoDB::Table|SecretsManager::Secret|SQS::Queue$|Events::EventBus$|ScheduleGroup|LogGroup|V2::Api$/;
    const held = before.filter(({ type }) => holding.test(type));
    expect(held.length).toBeGreaterThan(30);
    expect(held.filter(({ logicalId, id }) => now.get(logicalId) !== id)).toEqual([]);
    const upgraded = await tableNow(idOf(after, 'AWS::DynamoDB::Table'));
    expect(upgraded).toEqual({ ...table, items: expect.any(Number) });
    expect(upgraded.items).toBeGreaterThanOrEqual(stored.length);
    expect(await readToken()).toBe(token);
    const { PromptDeadLettersUrl: QueueUrl } = (await stackOutputsOf('demo', region))!;
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }));
    expect(Messages.map(({ Body }) => Body)).toEqual(['what waits for ops']);
  });

  it('reads every account and lead it had, by every route', readsAll);

  it(
    'goes on with what it had: a colleague’s form is captured, folded, assessed, routed and mailed',
    { timeout: 60_000 },
    () => isFollowedUp('Nora'),
  );

  it('is deployed again without a change, and that is said', { timeout: 120_000 }, async () => {
    const said = await deploy();
    expect(said).toContain('muster-demo is so already: nothing was changed');
    expect(said).toMatch(/Playbook version \d+ is live already/);
  });

  describe('taken away', () => {
    let users: string;
    beforeAll(async () => {
      await typed('user', 'add', 'ada@demo.example', '--group', 'rep');
      users = await typed('user', 'list');
      after = await resources();
      table = await tableNow(idOf(after, 'AWS::DynamoDB::Table'));
      expect(await typed('destroy', '--yes-delete', 'demo')).toContain('muster-demo is gone.');
    }, 120_000);

    it('leaves its data and what opens it, and nothing else', async () => {
      expect(await stackOutputsOf('demo', region)).toBeUndefined();
      expect(await tableNow(idOf(after, 'AWS::DynamoDB::Table'))).toEqual(table);
      expect(await readToken()).toBe(token);
      const ids = (type: string): string[] =>
        after
          .filter((one) => one.type === type)
          .map(({ id }) => id)
          .sort();
      expect(await leftOf('demo', endpoint, region)).toEqual({
        tables: ids('AWS::DynamoDB::Table'),
        secrets: ids('AWS::SecretsManager::Secret'),
        keys: ids('AWS::KMS::Key'),
        pools: ids('AWS::Cognito::UserPool'),
      });
    });

    it('is made anew around them', { timeout: 240_000 }, async () => {
      const kept = z
        .record(z.string(), z.record(z.string(), z.string()))
        .parse(JSON.parse(readFileSync(keptFile, 'utf8')));
      // MiniStack imports no secrets: there, and only there, new ones are made in their place.
      const mapping = Object.entries(kept).filter(([, { Id }]) => Id === undefined);
      expect(mapping.length).toBeLessThan(Object.keys(kept).length);
      const given = file('kept.json', JSON.stringify(Object.fromEntries(mapping)));
      await deploy('--take-over', given);
      const anew = await resources();
      for (const type of ['AWS::DynamoDB::Table', 'AWS::KMS::Key', 'AWS::Cognito::UserPool'])
        expect(idOf(anew, type)).toBe(idOf(after, type));
      expect(await tableNow(idOf(anew, 'AWS::DynamoDB::Table'))).toEqual(table);
      expect(await typed('user', 'list')).toBe(users);
      await readsAll();
      await isFollowedUp('Olga');
      // The new stack heard anew what the old one had published: nobody is told twice.
      expect(await toldOf('Nora')).toBe(1);
    });

    it('leaves nothing where it is told so', { timeout: 240_000 }, async () => {
      const said = await typed('destroy', '--yes-delete', 'demo', '--delete-data');
      expect(said).toContain('Deleted for good:');
      expect(said).not.toContain('Kept:');
      expect(await leftOf('demo', endpoint, region)).toEqual({});
    });
  });
});
