// The stack that would go to AWS, deployed to the local cloud.
import { randomUUID } from 'node:crypto';
import { AdminSetUserPasswordCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import {
  DeleteTableCommand,
  DynamoDBClient,
  RestoreTableFromBackupCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { loadPlaybook } from '../../cli/load-playbook.ts';
import { startLocalCloud } from '../../cli/local-cloud/local-cloud.ts';
import { createSecrets } from '../../lib/adapters/aws/secrets.ts';
import { createTable } from '../../lib/adapters/aws/table.ts';
import { createUsers } from '../../lib/adapters/aws/users.ts';
import { systemClock } from '../../lib/adapters/system-clock.ts';
import { savePlaybook } from '../../lib/steps/playbooks.ts';
import { serveWeb } from '../../web/server.ts';
import { pointFunction, runFunction } from './cloud-functions.ts';
import { linesOf } from './cloud-logs.ts';
import { connectCrms } from './crm/connected.ts';
import { type Edition, playbookFile, writeKey } from './edition.ts';
import { openReceivers } from './receivers.ts';
import { signInAs } from './sign-in-page.ts';

/** What MiniStack keeps of the mails it was handed. */
const kept = z.object({
  messages: z.record(
    z.string(),
    z.array(z.object({ To: z.array(z.string()), Subject: z.string(), BodyText: z.string(), BodyHtml: z.string() })),
  ),
});

/** Adds to a secret as an operator does, in its console. */
const addToSecret = async (client: SecretsManagerClient, id: string, values: object): Promise<void> => {
  const { SecretString = '{}' } = await client.send(new GetSecretValueCommand({ SecretId: id }));
  const all = { ...z.record(z.string(), z.unknown()).parse(JSON.parse(SecretString)), ...values };
  await client.send(new PutSecretValueCommand({ SecretId: id, SecretString: JSON.stringify(all) }));
};

const eventSource = 'aws.partner/salesforce.com/00D5e0000000001EAA/0YLR00000000001OAA';

/** On the queue, as the rule of the partner bus puts it there: on that bus itself nobody but Salesforce can put anything. */
const relayTo =
  (sqs: SQSClient, QueueUrl: string) =>
  async (detail: object): Promise<void> => {
    const event = { version: '0', id: randomUUID(), 'detail-type': 'ChangeEvent', source: eventSource };
    const about = { account: '000000000000', time: new Date().toISOString(), region: 'eu-central-1', resources: [] };
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ ...event, ...about, detail }) }));
  };

export const openCloudEdition = async (): Promise<Edition> => {
  // A message that failed waits as long as the slowest batch may take, so that none is worked on twice at once.
  let relay: ReturnType<typeof relayTo> | undefined;
  const receivers = await openReceivers();
  const crms = await connectCrms(receivers.destinations, { eventSource, put: async (detail) => relay!(detail) });
  const cloud = await startLocalCloud({ retrySeconds: 8, tenants: crms.tenants });
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
  const cognito = new CognitoIdentityProviderClient(client);
  const sqs = new SQSClient(client);
  const table = createTable(outputs.TableName, dynamoDb);
  const { source, playbook } = loadPlaybook(playbookFile);
  await savePlaybook({ table, clock: systemClock }, source, playbook);
  const secretsManager = new SecretsManagerClient(client);
  await addToSecret(secretsManager, outputs.CrmSecretId, crms.webhookSecrets);
  await addToSecret(secretsManager, outputs.CrmApiSecretId!, crms.credentials);
  await addToSecret(secretsManager, outputs.DestinationsSecretId!, receivers.credentials);
  const secrets = createSecrets(
    {
      ...{ crm: outputs.CrmSecretId, read: outputs.ReadSecretId },
      ...{ decisions: outputs.DecisionSecretId, operators: outputs.OperatorSecretId },
    },
    secretsManager,
  );
  relay = relayTo(sqs, outputs.SalesforceQueueUrl!);
  crms.sendTo(apiUrl);
  const fold = `muster-${outputs.Tenant}-fold`;
  const readToken = (await secrets.readTokens())[0]!;
  const urlOf = (queue: string, which: 'Queue' | 'DeadLetters') =>
    outputs[`${queue.charAt(0).toUpperCase()}${queue.slice(1)}${which}Url`];
  const web = await serveWeb({ apiUrl, writeKey });
  return {
    apiUrl,
    webUrl: web.url,
    readToken,
    decisionToken: (await secrets.decisionTokens())[0]!,
    operatorToken: (await secrets.operatorTokens())[0]!,
    crmSecret: (await secrets.webhookSecrets('crm'))[0]!,
    ...{ table, crms, receivers },
    signIn: async (email, group) => {
      const { UserPoolId, UserPoolClientId: clientId } = outputs;
      await createUsers(UserPoolId, cognito).add(email, group);
      const Password = `Sesame-${randomUUID()}-Open`;
      await cognito.send(new AdminSetUserPasswordCommand({ UserPoolId, Username: email, Password, Permanent: true }));
      return signInAs({ url: endpoint, clientId, panel: `${apiUrl}/panel/index.html` }, email, Password);
    },
    pullCrms: () => runFunction(endpoint, `muster-${outputs.Tenant}-pull-crm`),
    mails: async () => {
      const { messages } = kept.parse(await (await fetch(`${endpoint}/_ministack/ses/messages`)).json());
      return Object.values(messages)
        .flat()
        .map(({ To, Subject, BodyText, BodyHtml }) => ({
          ...{ to: To.join(), subject: Subject, text: BodyText, html: BodyHtml },
        }));
    },
    breakFold: () => pointFunction(endpoint, fold, 'there-is-no-such-table'),
    foldFailures: () => cloud.lambdaFailures().filter((failure) => failure.includes(fold)).length,
    stepsThatSay: async (traceId) => {
      const functions = { door: 'capture-forms', prompt: 'fold', assess: 'assess', route: 'route', notify: 'notify' };
      const said = Object.entries(functions).map(async ([step, name]) =>
        (await linesOf(endpoint, `/muster/${outputs.Tenant}/${name}`)).some(({ line }) => line.includes(traceId))
          ? [step]
          : [],
      );
      return (await Promise.all(said)).flat();
    },
    bury: async (queue, bodies) => {
      for (const MessageBody of bodies)
        await sqs.send(new SendMessageCommand({ QueueUrl: urlOf(queue, 'DeadLetters'), MessageBody }));
    },
    send: async (queue, MessageBody) => {
      await sqs.send(new SendMessageCommand({ QueueUrl: urlOf(queue, 'Queue'), MessageBody }));
    },
    restore: async (BackupArn) => {
      const TableName = `restored-${randomUUID()}`;
      await dynamoDb.send(new RestoreTableFromBackupCommand({ BackupArn, TargetTableName: TableName }));
      await waitUntilTableExists({ client: dynamoDb, maxWaitTime: 60 }, { TableName });
      const back = await pointFunction(endpoint, `muster-${outputs.Tenant}-read-api`, TableName);
      const stop = async () => {
        await back();
        await dynamoDb.send(new DeleteTableCommand({ TableName }));
      };
      return { apiUrl, readToken, stop };
    },
    deadLetters: async (queue) => {
      const QueueUrl = urlOf(queue, 'DeadLetters');
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
    quietMs: 6_000,
    postsInFlight: 6,
    diagnosis: () => cloud.lambdaFailures().slice(-5).join('\n').slice(-4_000),
    stop: async () => {
      await web.close();
      dynamoDb.destroy();
      sqs.destroy();
      await cloud.stop();
      await crms.close();
      receivers.close();
    },
  };
};
