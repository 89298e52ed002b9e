// The firewall of a tenant, a stack of its own in another region: it goes after the tenant's stack, which uses it, and only if that went.
import {
  CloudFormationClient,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { destroyCommand } from '../../cli/destroy.ts';
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
    return { Stacks: [{ StackStatus: stack === cannotBeDeleted ? 'DELETE_FAILED' : 'CREATE_COMPLETE', Outputs }] };
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

const destroy = (edge = ''): Promise<unknown> => {
  file(
    'acme.yaml',
    `region: eu-west-1\nmail: { from: leads@acme.example }\nweb: { allowedOrigins: ["*"], writeKeys: [acme-web-1] }\n${edge}`,
  );
  const options = ['--tenant', 'acme', '--tenants', path(''), '--yes-delete', 'acme'];
  return destroyCommand().parseAsync(options, { from: 'user' });
};

it('goes after the stack it stood before', async () => {
  await destroy();
  expect(deleted).toEqual(['eu-west-1 muster-acme', 'us-east-1 muster-acme-edge']);
});

it('stays where that could not be deleted, and why is told', async () => {
  cannotBeDeleted = 'eu-west-1 muster-acme';
  await expect(destroy()).rejects.toThrow('Bus: It has rules.');
  expect(deleted).toEqual(['eu-west-1 muster-acme']);
});

it('goes when the command is given again, if it was left', async () => {
  stacks.delete('eu-west-1 muster-acme');
  await destroy();
  expect(deleted).toEqual(['us-east-1 muster-acme-edge']);
  await expect(destroy()).rejects.toThrow('There is no stack muster-acme in eu-west-1: nothing was destroyed.');
});

it('is not asked for where the stack has none: its region may be closed to who asks', async () => {
  stacks = new Map([['eu-west-1 muster-acme', {}]]);
  await destroy('edge: none\n');
  await expect(destroy('edge: none\n')).rejects.toThrow('There is no stack');
  expect(deleted).toEqual(['eu-west-1 muster-acme']);
  const regions = cloudFormation.calls().map(({ thisValue }) => (thisValue as CloudFormationClient).config.region());
  expect(new Set(await Promise.all(regions))).toEqual(new Set(['eu-west-1']));
});
