// Where a deployed tenant's table and queues are: what its stack says of itself.
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';

/** The outputs of the stack `muster-<tenant>` by name; undefined when there is no such stack in the region. */
export const stackOutputsOf = async (
  tenant: string,
  region: string,
  client = new CloudFormationClient({ region }),
): Promise<Record<string, string> | undefined> => {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: `muster-${tenant}` }));
    const outputs = Stacks?.[0]?.Outputs ?? [];
    return Object.fromEntries(outputs.map(({ OutputKey, OutputValue }) => [OutputKey ?? '', OutputValue ?? '']));
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message))
      return undefined;
    throw error;
  }
};
