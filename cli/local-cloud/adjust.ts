// What is changed on the local cloud after the deployment, so that the template stays what AWS gets.
//
// - CORS: MiniStack answers every OPTIONS request of an HTTP API itself, with 403 unless the API has a CORS
//   configuration. On AWS an OPTIONS route reaches its function, which is how the stack has it.
// - Retries: a message that failed is seen again after its queue's visibility timeout, a minute or two. A test that
//   lets a function fail for a while cannot wait for five of those.
// - Signing in: Cognito's page has an address of its own and takes people back to https only; here both are this machine's.
// - Links in mails: they lead to the API's address, which on AWS is one of the internet's and here resolves nowhere.
import * as z from 'zod';
import type { StackOutputs } from '../stack.ts';

const call = async (url: string, init: RequestInit): Promise<void> => {
  const answer = await fetch(url, init);
  if (!answer.ok) throw new Error(`${init.method} ${url} was answered ${answer.status}: ${await answer.text()}`);
};

export const answerPreflights = (endpoint: string, { ApiId }: StackOutputs): Promise<void> =>
  call(`${endpoint}/v2/apis/${ApiId}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      corsConfiguration: {
        allowOrigins: ['*'],
        allowMethods: ['GET', 'POST', 'OPTIONS'],
        allowHeaders: ['authorization', 'content-type'],
        maxAge: 600,
      },
    }),
  });

/** Sets how long a failed message waits, on every queue that has a worker. */
export const retryAfter = async (endpoint: string, outputs: StackOutputs, seconds: number): Promise<void> => {
  const queues = Object.entries(outputs).filter(([name]) => name.endsWith('QueueUrl'));
  for (const [, QueueUrl] of queues) {
    await call(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SetQueueAttributes' },
      body: JSON.stringify({ QueueUrl, Attributes: { VisibilityTimeout: String(seconds) } }),
    });
  }
};

const configuration = z.object({ Environment: z.object({ Variables: z.record(z.string(), z.string()) }) });

/** MiniStack knows by this alone which region is meant. */
const signedFor = (region: string, service: string): string =>
  `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;

type Place = Pick<StackOutputs, 'Tenant' | 'Region'>;

const tell = async (
  endpoint: string,
  { Tenant, Region }: Place,
  name: string,
  variables: Record<string, string>,
): Promise<void> => {
  const url = `${endpoint}/2015-03-31/functions/muster-${Tenant}-${name}/configuration`;
  const headers = { 'content-type': 'application/json', authorization: signedFor(Region, 'lambda') };
  const { Environment } = configuration.parse(await (await fetch(url, { headers })).json());
  await call(url, {
    method: 'PUT',
    headers,
    body: JSON.stringify({ Environment: { Variables: { ...Environment.Variables, ...variables } } }),
  });
};

/** Has the links of mails lead where the API answers. */
export const linkTo = (endpoint: string, place: Place, apiUrl: string): Promise<void> =>
  tell(endpoint, place, 'notify', { API_URL: apiUrl });

/** Has people sign in at the local cloud's own page, come back to the panel where the API answers, and be known by its keys. */
export const signInAt = async (endpoint: string, outputs: StackOutputs, apiUrl: string): Promise<void> => {
  const { UserPoolId, UserPoolClientId } = outputs;
  const panel = `${apiUrl}/panel/index.html`;
  await call(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.UpdateUserPoolClient',
      authorization: signedFor(outputs.Region, 'cognito-idp'),
    },
    body: JSON.stringify({
      ...{ UserPoolId, ClientId: UserPoolClientId, CallbackURLs: [panel], LogoutURLs: [panel] },
      ...{
        AllowedOAuthFlows: ['code'],
        AllowedOAuthScopes: ['openid', 'email'],
        AllowedOAuthFlowsUserPoolClient: true,
      },
      ...{ SupportedIdentityProviders: ['COGNITO'], IdTokenValidity: 30, TokenValidityUnits: { IdToken: 'minutes' } },
    }),
  });
  const keys = { USER_POOL_KEYS_URL: `${endpoint}/${UserPoolId}/.well-known/jwks.json` };
  for (const name of ['read-api', 'capture-decisions', 'operations']) await tell(endpoint, outputs, name, keys);
  await tell(endpoint, outputs, 'panel', { SIGN_IN_URL: endpoint });
};
