// What there is of a tenant on the local cloud, asked of each service by itself: what CloudFormation no longer knows of is found too.
import * as z from 'zod';

/** By kind, and none of a kind of which there is nothing. */
export type Left = Record<string, string[]>;

export const leftOf = async (tenant: string, endpoint: string, region: string): Promise<Left> => {
  const ask = async <Answer>(
    schema: z.ZodType<Answer>,
    service: string,
    target: string,
    body = {},
  ): Promise<Answer> => {
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': target,
      authorization: `AWS4-HMAC-SHA256 Credential=test/20261122/${region}/${service}/aws4_request, SignedHeaders=host, Signature=none`,
    };
    const answer = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${target} was answered ${answer.status}: ${await answer.text()}`);
    return schema.parse(await answer.json());
  };
  const named = z.object({ Name: z.string() });
  const kms = z.object({ Keys: z.array(z.object({ KeyId: z.string() })) });
  const described = z.object({ KeyMetadata: z.object({ Description: z.string(), Enabled: z.boolean() }) });
  const keys = async (): Promise<string[]> => {
    const { Keys } = await ask(kms, 'kms', 'TrentService.ListKeys');
    const usable = Keys.map(async ({ KeyId }) => {
      const { KeyMetadata } = await ask(described, 'kms', 'TrentService.DescribeKey', { KeyId });
      // One that waits to be deleted opens nothing any more.
      return KeyMetadata.Enabled && KeyMetadata.Description.endsWith(` of ${tenant}`) ? [KeyId] : [];
    });
    return (await Promise.all(usable)).flat();
  };
  const rest = async <Answer>(schema: z.ZodType<Answer>, service: string, path: string): Promise<Answer> => {
    const authorization = `AWS4-HMAC-SHA256 Credential=test/20261122/${region}/${service}/aws4_request, SignedHeaders=host, Signature=none`;
    return schema.parse(await (await fetch(`${endpoint}${path}`, { headers: { authorization } })).json());
  };
  const tables = await ask(z.object({ TableNames: z.array(z.string()) }), 'dynamodb', 'DynamoDB_20120810.ListTables');
  const queues = await ask(z.object({ QueueUrls: z.array(z.string()).default([]) }), 'sqs', 'AmazonSQS.ListQueues');
  const secrets = await ask(z.object({ SecretList: z.array(named) }), 'secretsmanager', 'secretsmanager.ListSecrets');
  const buses = await ask(z.object({ EventBuses: z.array(named) }), 'events', 'AWSEvents.ListEventBuses');
  const pools = await ask(
    z.object({ UserPools: z.array(z.object({ Id: z.string(), Name: z.string() })) }),
    'cognito-idp',
    'AWSCognitoIdentityProviderService.ListUserPools',
    { MaxResults: 60 },
  );
  const logs = await ask(
    z.object({ logGroups: z.array(z.object({ logGroupName: z.string() })) }),
    'logs',
    'Logs_20140328.DescribeLogGroups',
    { logGroupNamePrefix: `/muster/${tenant}/` },
  );
  const functions = await rest(
    z.object({ Functions: z.array(z.object({ FunctionName: z.string() })) }),
    'lambda',
    '/2015-03-31/functions',
  );
  const its = new RegExp(`(^|/)muster[-/]${tenant}([-/]|$)`);
  const all: Left = {
    tables: tables.TableNames.filter((name) => its.test(name)),
    queues: queues.QueueUrls.filter((url) => its.test(url)),
    secrets: secrets.SecretList.map(({ Name }) => Name).filter((name) => its.test(name)),
    keys: await keys(),
    pools: pools.UserPools.filter(({ Name }) => its.test(Name)).map(({ Id }) => Id),
    buses: buses.EventBuses.map(({ Name }) => Name).filter((name) => its.test(name)),
    logs: logs.logGroups.map(({ logGroupName }) => logGroupName),
    functions: functions.Functions.map(({ FunctionName }) => FunctionName).filter((name) => its.test(name)),
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([kind, names]) => (names.length > 0 ? [[kind, names.sort()]] : [])),
  );
};
