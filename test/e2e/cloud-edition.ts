// The stack that would go to AWS, deployed to the local cloud.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { loadPlaybook } from '../../cli/load-playbook.ts';
import { startLocalCloud } from '../../cli/local-cloud/local-cloud.ts';
import { createSecrets } from '../../lib/adapters/aws/secrets.ts';
import { createTable } from '../../lib/adapters/aws/table.ts';
import { systemClock } from '../../lib/adapters/system-clock.ts';
import { savePlaybook } from '../../lib/steps/playbooks.ts';
import { serveWeb } from '../../web/server.ts';
import { type Edition, playbookFile, writeKey } from './edition.ts';

/** What MiniStack keeps of the mails it was handed. */
const kept = z.object({
  messages: z.record(
    z.string(),
    z.array(z.object({ To: z.array(z.string()), Subject: z.string(), BodyText: z.string(), BodyHtml: z.string() })),
  ),
});

const configuration = z.object({ Environment: z.object({ Variables: z.record(z.string(), z.string()) }) });

/** Points a function at a table there is not; answers what puts it right again. */
const breakFunction = async (endpoint: string, name: string): Promise<() => Promise<void>> => {
  const url = `${endpoint}/2015-03-31/functions/${name}/configuration`;
  const { Environment } = configuration.parse(await (await fetch(url)).json());
  const set = async (variables: Record<string, string>): Promise<void> => {
    const body = JSON.stringify({ Environment: { Variables: variables } });
    const answer = await fetch(url, { method: 'PUT', headers: { 'content-type': 'application/json' }, body });
    if (!answer.ok) throw new Error(`${name} could not be configured: ${answer.status} ${await answer.text()}`);
  };
  await set({ ...Environment.Variables, TABLE_NAME: 'there-is-no-such-table' });
  return () => set(Environment.Variables);
};

export const openCloudEdition = async (): Promise<Edition> => {
  // A message that failed waits as long as the slowest batch may take, so that none is worked on twice at once.
  const cloud = await startLocalCloud({ retrySeconds: 8 });
  const { endpoint, apiUrl, outputs, environment } = cloud;
  const client = {
    endpoint,
    region: environment.AWS_REGION,
    credentials: {
      accessKeyId: environment.AWS_ACCESS_KEY_ID,
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY,
    },
  };
  const dynamoDb = new DynamoDBClient(client);
  const sqs = new SQSClient(client);
  const table = createTable(outputs.TableName, dynamoDb);
  const { source, playbook } = loadPlaybook(playbookFile);
  await savePlaybook({ table, clock: systemClock }, source, playbook);
  const secrets = createSecrets(
    { crm: outputs.CrmSecretId, read: outputs.ReadSecretId, decisions: outputs.DecisionSecretId },
    new SecretsManagerClient(client),
  );
  const fold = `muster-${outputs.Tenant}-fold`;
  const web = await serveWeb({ apiUrl, writeKey });
  return {
    apiUrl,
    webUrl: web.url,
    readToken: (await secrets.readTokens())[0]!,
    decisionToken: (await secrets.decisionTokens())[0]!,
    crmSecret: (await secrets.webhookSecrets('crm'))[0]!,
    table,
    mails: async () => {
      const { messages } = kept.parse(await (await fetch(`${endpoint}/_ministack/ses/messages`)).json());
      return Object.values(messages)
        .flat()
        .map(({ To, Subject, BodyText, BodyHtml }) => ({
          ...{ to: To.join(), subject: Subject, text: BodyText, html: BodyHtml },
        }));
    },
    breakFold: () => breakFunction(endpoint, fold),
    foldFailures: () => cloud.lambdaFailures().filter((failure) => failure.includes(fold)).length,
    deadLetters: async (queue) => {
      const QueueUrl = outputs[`${queue.charAt(0).toUpperCase()}${queue.slice(1)}DeadLettersUrl`];
      const bodies = new Map<string, string>();
      for (;;) {
        const receive = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 5 });
        const { Messages = [] } = await sqs.send(receive);
        if (Messages.length === 0) return [...bodies.values()];
        for (const { MessageId = '', Body = '' } of Messages) bodies.set(MessageId, Body);
      }
    },
    patienceMs: 30_000,
    promptness: { forms: 12, p95Ms: 5_000 },
    timersLateMs: 6_000,
    postsInFlight: 6,
    diagnosis: () => cloud.lambdaFailures().slice(-5).join('\n').slice(-4_000),
    stop: async () => {
      await web.close();
      dynamoDb.destroy();
      sqs.destroy();
      await cloud.stop();
    },
  };
};
