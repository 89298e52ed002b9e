// What a deployed tenant's stack is made of, which of it outlives it, and its end.
import {
  CloudFormationClient,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  GetTemplateCommand,
  ListStackResourcesCommand,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import * as z from 'zod';

export interface StackResource {
  type: string;
  logicalId: string;
  /** Its name or ARN. */
  id: string;
  /** It is kept when its stack goes. */
  kept: boolean;
}

const template = z.object({
  // None of a stack that was begun by taking over what another left, and got no further.
  Resources: z.record(z.string(), z.object({ DeletionPolicy: z.string().optional() })).default({}),
});

/** Everything in the stack, in the order of its names. */
export const stackResources = async (
  stack: string,
  region: string,
  client = new CloudFormationClient({ region }),
): Promise<StackResource[]> => {
  const { TemplateBody = '{"Resources":{}}' } = await client.send(new GetTemplateCommand({ StackName: stack }));
  const { Resources } = template.parse(JSON.parse(TemplateBody));
  const resources: StackResource[] = [];
  for (let NextToken: string | undefined; ; ) {
    const page = await client.send(new ListStackResourcesCommand({ StackName: stack, NextToken }));
    for (const {
      ResourceType: type = '',
      LogicalResourceId: logicalId = '',
      PhysicalResourceId: id = '',
    } of page.StackResourceSummaries ?? []) {
      const kept = (Resources[logicalId]?.DeletionPolicy ?? 'Delete').startsWith('Retain');
      resources.push({ type, logicalId, id, kept });
    }
    NextToken = page.NextToken;
    if (NextToken === undefined) return resources.sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1));
  }
};

/** When the newest of its resources of a type was last changed, as ISO; undefined where it has none. */
export const lastChangeOf = async (
  stack: string,
  type: string,
  region: string,
  client = new CloudFormationClient({ region }),
): Promise<string | undefined> => {
  const changes: string[] = [];
  for (let NextToken: string | undefined; ; ) {
    const page = await client.send(new ListStackResourcesCommand({ StackName: stack, NextToken }));
    // What is under way or went wrong has changed nothing yet.
    for (const { ResourceType, ResourceStatus = '', LastUpdatedTimestamp } of page.StackResourceSummaries ?? [])
      if (ResourceType === type && /^(CREATE|UPDATE)_COMPLETE$/.test(ResourceStatus) && LastUpdatedTimestamp)
        changes.push(LastUpdatedTimestamp.toISOString());
    NextToken = page.NextToken;
    if (NextToken === undefined) return changes.sort().at(-1);
  }
};

/** Deletes the stack and waits for that; throws with CloudFormation's own reasons where something cannot be deleted. */
export const deleteStack = async (
  stack: string,
  region: string,
  client = new CloudFormationClient({ region }),
): Promise<void> => {
  await client.send(new DeleteStackCommand({ StackName: stack }));
  const half = 30 * 60;
  await waitUntilStackDeleteComplete(
    { client, maxWaitTime: half, minDelay: 1, maxDelay: 15 },
    { StackName: stack },
  ).catch(async (error: unknown) => {
    const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: stack }));
    const reasons = StackEvents.filter(({ ResourceStatus }) => ResourceStatus === 'DELETE_FAILED').map(
      ({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId}: ${ResourceStatusReason}`,
    );
    throw Object.assign(new Error(`${stack} was not deleted:\n${reasons.join('\n') || String(error)}`), {
      code: 'stack-not-deleted',
    });
  });
};
