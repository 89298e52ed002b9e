// Where a deployed tenant's table and queues are: what its stack says of itself.
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';

/** The stack there is belongs to another than the tenant's account. */
class WrongAccountError extends Error {
  readonly code = 'wrong-account';
  readonly retryable = false;
}

/** The account in a stack's ARN. */
const accountOf = (stackId = ''): string => stackId.split(':')[4] ?? '';

/** The outputs of the stack `muster-<tenant>` by name; undefined when there is no such stack in the region. Throws WrongAccountError
 * where there is one in another account than `account`: names are the same in each. A local cloud has an account of its own. */
export const stackOutputsOf = async (
  tenant: string,
  region: string,
  account?: string,
  client = new CloudFormationClient({ region }),
): Promise<Record<string, string> | undefined> => {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: `muster-${tenant}` }));
    const [{ StackId, Outputs: outputs = [] } = {}] = Stacks ?? [];
    const found = accountOf(StackId);
    if (account !== undefined && found !== account && !process.env.AWS_ENDPOINT_URL)
      throw new WrongAccountError(
        `muster-${tenant} is of account ${account} by its tenant's file, and you are signed in to ${found}: nothing was done.`,
      );
    return Object.fromEntries(outputs.map(({ OutputKey, OutputValue }) => [OutputKey ?? '', OutputValue ?? '']));
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message))
      return undefined;
    throw error;
  }
};
