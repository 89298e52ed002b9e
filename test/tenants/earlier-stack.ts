// A stack of the earlier release, as CloudFormation was given it, with what that release had stored in its table.
import { readFileSync } from 'node:fs';
import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Item } from '../../lib/ports.ts';
import { earlierFile } from '../table/earlier-file.ts';

const resource = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});
const template = z.looseObject({ Resources: z.record(z.string(), resource) });
export type EarlierTemplate = z.infer<typeof template>;

/** Of the tenant `demo`, which keeps no data. Of any other name logical ids would differ: CDK makes some of them of the stack's. */
export const earlierTemplate = (): EarlierTemplate =>
  template.parse(JSON.parse(readFileSync(earlierFile('template.json'), 'utf8')));

// What CDK makes of `keepData: true`, which that release had for these.
const keptTypes = ['AWS::DynamoDB::Table', 'AWS::SecretsManager::Secret'];

/** The same where the data is kept, with functions that do nothing: what they did is in the items. */
const deployable = (): EarlierTemplate => {
  const { Parameters: _, Rules: __, ...whole } = earlierTemplate();
  for (const one of Object.values(whole.Resources)) {
    if (one.Type === 'AWS::Lambda::Function') one.Properties.Code = { ZipFile: 'exports.handler = async () => ({});' };
    if (keptTypes.includes(one.Type)) Object.assign(one, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    if (one.Type === 'AWS::DynamoDB::Table') one.Properties.DeletionProtectionEnabled = true;
  }
  return whole;
};

/** By way of a bucket: it is larger than what CloudFormation takes in a request. */
const uploaded = async (endpoint: string, body: string): Promise<string> => {
  const bucket = `${endpoint}/earlier-release`;
  for (const [url, sent] of [
    [bucket, undefined],
    [`${bucket}/template.json`, body],
  ] as const) {
    const answer = await fetch(url, { method: 'PUT', body: sent ?? null });
    if (!answer.ok) throw new Error(`${url} was answered ${answer.status}: ${await answer.text()}`);
  }
  return `${bucket}/template.json`;
};

export const createEarlierStack = async (endpoint: string, region: string): Promise<void> => {
  const client = new CloudFormationClient({ region });
  const StackName = 'muster-demo';
  const TemplateURL = await uploaded(endpoint, JSON.stringify(deployable()));
  await client.send(new CreateStackCommand({ StackName, TemplateURL, Capabilities: ['CAPABILITY_IAM'] }));
  await waitUntilStackCreateComplete({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { StackName });
};

export const storeItems = async (tableName: string, items: readonly Item[], region: string): Promise<void> => {
  const client = new DynamoDBClient({ region });
  for (let from = 0; from < items.length; from += 25) {
    const puts = items.slice(from, from + 25).map((item) => ({ PutRequest: { Item: marshall(item) } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [tableName]: puts } }));
  }
};
