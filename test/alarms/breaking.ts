// What breaks on AWS, done to functions of a stack on the local cloud and to what wakes them.
import * as z from 'zod';

const stack = 'muster-demo-';

const asked = async (url: string, method = 'GET', body?: object): Promise<unknown> => {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  if (!answer.ok) throw new Error(`${method} ${url} was answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
};

const functionUrl = (endpoint: string, name: string): string => `${endpoint}/2015-03-31/functions/${stack}${name}`;

/** Short names of the stack's functions. */
export const functionNamesOf = async (endpoint: string): Promise<string[]> => {
  const read = z.object({ Functions: z.array(z.object({ FunctionName: z.string() })) });
  const { Functions } = read.parse(await asked(`${endpoint}/2015-03-31/functions/?MaxItems=100`));
  return Functions.map(({ FunctionName }) => FunctionName).flatMap((name) =>
    name.startsWith(stack) ? [name.slice(stack.length)] : [],
  );
};

/** Runs it now; answers whether it failed. */
export const runFailed = async (endpoint: string, name: string, event: object = {}): Promise<boolean> => {
  const body = JSON.stringify(event);
  const answer = await fetch(`${functionUrl(endpoint, name)}/invocations`, { method: 'POST', body });
  await answer.text();
  return !answer.ok || answer.headers.has('x-amz-function-error');
};

const behindQueues = ['fold', 'assess', 'route', 'sla', 'notify', 'sync-crm'] as const;

/** Has functions run on nothing: the last lines that one printed stand in MiniStack's logs with its next run, where the machine is busy. */
export const runOnNothing = async (endpoint: string, apiUrl: string): Promise<void> => {
  for (const name of behindQueues) await runFailed(endpoint, name, { Records: [] });
  await fetch(`${apiUrl}/forms/no-such-form`, { method: 'POST' });
};

/** Takes away all it is told: it cannot begin. */
export const poisonEnvironment = async (endpoint: string, name: string): Promise<void> => {
  await asked(`${functionUrl(endpoint, name)}/configuration`, 'PUT', { Environment: { Variables: {} } });
};

/** Lets none of it run, as when all that may run are taken. */
export const allowNone = async (endpoint: string, name: string): Promise<void> => {
  const url = `${endpoint}/2017-10-31/functions/${stack}${name}/concurrency`;
  await asked(url, 'PUT', { ReservedConcurrentExecutions: 0 });
};

const mappings = z.object({
  EventSourceMappings: z.array(z.object({ UUID: z.string(), EventSourceArn: z.string(), FunctionArn: z.string() })),
});

/** Changes what wakes functions, of a service (`sqs`, `dynamodb`). */
export const changeEventSources = async (endpoint: string, service: string, change: object): Promise<void> => {
  const url = `${endpoint}/2015-03-31/event-source-mappings/`;
  const { EventSourceMappings } = mappings.parse(await asked(`${url}?MaxItems=100`));
  const own = EventSourceMappings.filter(({ EventSourceArn }) => EventSourceArn.startsWith(`arn:aws:${service}:`));
  for (const { UUID } of own) await asked(url + UUID, 'PUT', change);
};
