// Running a function of the local cloud, and pointing one at another table.
import * as z from 'zod';

const configuration = z.object({ Environment: z.object({ Variables: z.record(z.string(), z.string()) }) });

/** Points a function at another table; answers what puts it right again. */
export const pointFunction = async (
  endpoint: string,
  name: string,
  TABLE_NAME: string,
): Promise<() => Promise<void>> => {
  const url = `${endpoint}/2015-03-31/functions/${name}/configuration`;
  const { Environment } = configuration.parse(await (await fetch(url)).json());
  const set = async (variables: Record<string, string>): Promise<void> => {
    const body = JSON.stringify({ Environment: { Variables: variables } });
    const answer = await fetch(url, { method: 'PUT', headers: { 'content-type': 'application/json' }, body });
    if (!answer.ok) throw new Error(`${name} could not be configured: ${answer.status} ${await answer.text()}`);
  };
  await set({ ...Environment.Variables, TABLE_NAME });
  return () => set(Environment.Variables);
};

/** Waits until it has run. */
export const runFunction = async (endpoint: string, name: string): Promise<void> => {
  const url = `${endpoint}/2015-03-31/functions/${name}/invocations`;
  const answer = await fetch(url, { method: 'POST', body: '{}' });
  const said = await answer.text();
  if (!answer.ok || answer.headers.has('x-amz-function-error')) throw new Error(`${name} failed: ${said}`);
};
