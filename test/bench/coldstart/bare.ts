// The handler that a function is held against: the AWS clients it has, made as it makes them, and nothing else.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** Of each client a function may have, the class and a call: the class alone would be bundled without what a call needs. */
const clients: Readonly<Record<string, { client: string; command: string }>> = {
  '@aws-sdk/client-dynamodb': { client: 'DynamoDBClient', command: 'GetItemCommand' },
  '@aws-sdk/client-cognito-identity-provider': {
    client: 'CognitoIdentityProviderClient',
    command: 'AdminGetUserCommand',
  },
  '@aws-sdk/client-dynamodb-streams': { client: 'DynamoDBStreamsClient', command: 'GetRecordsCommand' },
  '@aws-sdk/client-eventbridge': { client: 'EventBridgeClient', command: 'PutEventsCommand' },
  '@aws-sdk/client-scheduler': { client: 'SchedulerClient', command: 'CreateScheduleCommand' },
  '@aws-sdk/client-secrets-manager': { client: 'SecretsManagerClient', command: 'GetSecretValueCommand' },
  '@aws-sdk/client-sesv2': { client: 'SESv2Client', command: 'SendEmailCommand' },
  '@aws-sdk/client-sqs': { client: 'SQSClient', command: 'SendMessageCommand' },
};

const sourceMap = z.object({ sources: z.array(z.string()) });

/** The AWS clients in a bundle, by the text of its source map. Throws for one this file does not know. */
export const clientsIn = (map: string): string[] => {
  const { sources } = sourceMap.parse(JSON.parse(map));
  const found = new Set(
    sources.flatMap((source) => /node_modules\/(@aws-sdk\/client-[^/]+)\//.exec(source)?.[1] ?? []),
  );
  const unknown = [...found].filter((name) => clients[name] === undefined);
  if (unknown.length > 0)
    throw new Error(`the bare handler does not know ${unknown.join(', ')}: test/bench/coldstart/bare.ts`);
  return [...found].sort();
};

/** Writes the bare handler's source and answers the entry's name. */
export const writeBareHandler = (folder: string, packages: readonly string[]): string => {
  const name = packages.map((one) => one.replace('@aws-sdk/client-', '')).join('-') || 'nothing';
  const known = packages.map((one) => ({ from: one, ...clients[one]! }));
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, `${name}.ts`),
    `${known.map(({ client, command, from }) => `import { ${client}, ${command} } from '${from}';`).join('\n')}
${known.map(({ client }, index) => `const client${index} = new ${client}();`).join('\n')}
export const handler = async (event: any) => [
  ${known.map(({ command }, index) => `await client${index}.send(new ${command}(event))`).join(',\n  ')}
];
`,
  );
  return name;
};
