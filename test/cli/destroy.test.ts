// What is destroyed beside a tenant's stack: its firewall, a stack of its own in another region, goes after it and only if that went. And
// what is told where there is nothing to be asked or taken over.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CloudFormationClient,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { deployCommand } from '../../cli/deploy.ts';
import { destroyCommand } from '../../cli/destroy.ts';
import { root } from '../../cli/stack.ts';
import { savePlaybookOf } from '../../cli/tenant-playbook.ts';
import { temporaryFolder } from './run.ts';

const { file, path } = temporaryFolder();
const cloudFormation = mockClient(CloudFormationClient);

/** The stacks there are, by region and name, with what each puts out; and what was deleted, in turn. */
let stacks: Map<string, Record<string, string>>;
let deleted: string[];
let cannotBeDeleted: string;

const stackIn = async (name: string | undefined, getClient: () => CloudFormationClient): Promise<string> =>
  `${await getClient().config.region()} ${name}`;

beforeEach(() => {
  vi.stubEnv('AWS_ENDPOINT_URL', undefined);
  vi.spyOn(console, 'log').mockReturnValue();
  stacks = new Map<string, Record<string, string>>([
    ['eu-west-1 muster-acme', { EdgeSecretId: 'muster/acme/edge' }],
    ['us-east-1 muster-acme-edge', { FirewallArn: 'arn' }],
  ]);
  deleted = [];
  cannotBeDeleted = '';
  cloudFormation.reset();
  cloudFormation.on(GetTemplateCommand).resolves({ TemplateBody: '{"Resources":{}}' });
  cloudFormation.on(ListStackResourcesCommand).resolves({ StackResourceSummaries: [] });
  cloudFormation.on(DescribeStackEventsCommand).resolves({
    StackEvents: [{ ResourceStatus: 'DELETE_FAILED', LogicalResourceId: 'Bus', ResourceStatusReason: 'It has rules.' }],
  } as never);
  cloudFormation.on(DescribeStacksCommand).callsFake(async ({ StackName }, getClient) => {
    const stack = await stackIn(StackName, getClient);
    const outputs = stacks.get(stack);
    if (outputs === undefined)
      throw Object.assign(new Error(`Stack with id ${StackName} does not exist`), { name: 'ValidationError' });
    const Outputs = Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
    const StackId = `arn:aws:cloudformation:eu-west-1:111122223333:stack/${StackName}/1`;
    return {
      Stacks: [{ StackId, StackStatus: stack === cannotBeDeleted ? 'DELETE_FAILED' : 'CREATE_COMPLETE', Outputs }],
    };
  });
  cloudFormation.on(DeleteStackCommand).callsFake(async ({ StackName }, getClient) => {
    const stack = await stackIn(StackName, getClient);
    deleted.push(stack);
    if (stack !== cannotBeDeleted) stacks.delete(stack);
    return {};
  });
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const tenant = (edge = ''): string[] => {
  file(
    'acme.yaml',
    `region: eu-west-1\nmail: { from: leads@acme.example }\nweb: { allowedOrigins: ["*"], writeKeys: [acme-web-1] }\n${edge}`,
  );
  return ['--tenant', 'acme', '--tenants', path('')];
};
const destroy = (edge?: string): Promise<unknown> =>
  destroyCommand().parseAsync([...tenant(edge), '--yes-delete', 'acme'], { from: 'user' });

it.each([
  'eu-west-1 muster-acme',
  'us-east-1 muster-acme-edge',
])('what another account has under the name stays: %s', async (there) => {
  for (const stack of [...stacks.keys()]) if (stack !== there) stacks.delete(stack);
  const other = destroy('account: "444455556666"\n');
  await expect(other).rejects.toThrow('you are signed in to 111122223333: nothing was done');
  expect(deleted).toEqual([]);
  await destroy('account: "111122223333"\n');
  expect(deleted[0]).toBe(there);
});

it.each([
  [[], 'Nobody is there to type the name: give --yes-delete acme. Nothing was destroyed.'],
  [['--yes-delete', 'other'], '--yes-delete does not name acme: nothing was destroyed.'],
  [['--yes-delete', 'acm', '--delete-data'], '--yes-delete does not name acme: nothing was destroyed.'],
])('nothing goes that is not named: %j', async (said, why) => {
  vi.spyOn(process, 'stdin', 'get').mockReturnValue({ isTTY: false } as typeof process.stdin);
  const unnamed = () => destroyCommand().parseAsync([...tenant(), ...said], { from: 'user' });
  await expect(unnamed()).rejects.toThrow(why);
  // The firewall alone, which was left.
  stacks.delete('eu-west-1 muster-acme');
  await expect(unnamed()).rejects.toThrow(why);
  expect(deleted).toEqual([]);
});

it('a playbook is made live in the tenant’s account and region, wherever whoever types it works otherwise', async () => {
  const dynamo = mockClient(DynamoDBClient);
  const regions: string[] = [];
  dynamo.onAnyCommand().callsFake(async (_, getClient) => {
    regions.push(await getClient().config.region());
    throw new Error('far enough');
  });
  vi.stubEnv('AWS_REGION', 'us-west-2');
  stacks.set('eu-west-1 muster-acme', { TableName: 'leads' });
  const playbook = join(root, 'infra', 'tenants', 'demo.playbook.yaml');
  tenant('account: "444455556666"\n');
  await expect(savePlaybookOf('acme', playbook, path(''))).rejects.toThrow('you are signed in to 111122223333');
  expect(regions).toEqual([]);
  tenant('account: "111122223333"\n');
  await expect(savePlaybookOf('acme', playbook, path(''))).rejects.toThrow('far enough');
  expect(new Set(regions)).toEqual(new Set(['eu-west-1']));
  dynamo.restore();
});

it('a firewall goes after the stack it stood before', async () => {
  await destroy();
  expect(deleted).toEqual(['eu-west-1 muster-acme', 'us-east-1 muster-acme-edge']);
});

it('a firewall stays where that could not be deleted, and why is told', async () => {
  cannotBeDeleted = 'eu-west-1 muster-acme';
  await expect(destroy()).rejects.toThrow('Bus: It has rules.');
  expect(deleted).toEqual(['eu-west-1 muster-acme']);
});

it('a firewall goes when the command is given again, if it was left', async () => {
  stacks.delete('eu-west-1 muster-acme');
  await destroy();
  expect(deleted).toEqual(['us-east-1 muster-acme-edge']);
  await expect(destroy()).rejects.toThrow('There is no stack muster-acme in eu-west-1: nothing was destroyed.');
});

it('a firewall is not asked for where the stack has none: its region may be closed to who asks', async () => {
  stacks = new Map([['eu-west-1 muster-acme', {}]]);
  await destroy('edge: none\n');
  await expect(destroy('edge: none\n')).rejects.toThrow('There is no stack');
  expect(deleted).toEqual(['eu-west-1 muster-acme']);
  const regions = cloudFormation.calls().map(({ thisValue }) => (thisValue as CloudFormationClient).config.region());
  expect(new Set(await Promise.all(regions))).toEqual(new Set(['eu-west-1']));
});

it('nobody who is not signed in is told more than that', async () => {
  cloudFormation.on(DescribeStacksCommand).rejects(new Error('Could not load credentials from any providers'));
  await expect(destroy()).rejects.toThrow(/Sign in to AWS first/);
});

it.each([
  ['nowhere.json', undefined, 'there is no such file'],
  ['text.json', 'TableCD117FA1', 'SyntaxError'],
  ['list.json', '{"TableCD117FA1":"leads"}', 'expected record, received string\n  → at TableCD117FA1'],
])('a file to take over that is none is refused before anything is made: %s', async (name, text, why) => {
  if (text !== undefined) file(name, text);
  file('acme.playbook.yaml', readFileSync(join(root, 'infra', 'tenants', 'demo.playbook.yaml'), 'utf8'));
  const deployed = deployCommand().parseAsync([...tenant(), '--take-over', path(name)], { from: 'user' });
  await expect(deployed).rejects.toThrow(why);
});
