// As much of AWS as `muster secret` asks: a stack that says where its secrets are, the secrets, and a table for the audit log.
import { CloudFormationClient, DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { createSecrets } from '../../lib/adapters/aws/secrets.ts';

const ids = {
  ...{ CrmSecretId: 'crm', ReadSecretId: 'read', DecisionSecretId: 'decisions', OperatorSecretId: 'operators' },
  ...{ LinksSecretId: 'links', EdgeSecretId: 'edge' },
};

export const awsWithSecrets = () => {
  const formation = mockClient(CloudFormationClient);
  const table = mockClient(DynamoDBClient);
  const manager = mockClient(SecretsManagerClient);
  const kept = new Map<string, string>();
  let cloudFront = { ResourceStatus: 'CREATE_COMPLETE', LastUpdatedTimestamp: new Date(0) };

  const reset = (): void => {
    for (const one of [formation, table, manager]) one.reset();
    const generated = { read: 'tokens', decisions: 'tokens', operators: 'tokens', links: 'secrets', edge: 'sent' };
    kept.set('crm', '{"crm":"generated-crm"}');
    for (const [name, key] of Object.entries(generated)) kept.set(name, JSON.stringify({ [key]: `generated-${name}` }));
    const Outputs = Object.entries({ ...ids, TableName: 'muster-demo' }).map(([OutputKey, OutputValue]) => ({
      ...{ OutputKey, OutputValue },
    }));
    const stack = { StackName: 'muster-demo', CreationTime: new Date(), StackStatus: 'UPDATE_COMPLETE' as const };
    formation.on(DescribeStacksCommand).resolves({ Stacks: [{ ...stack, Outputs }] });
    formation.on(ListStackResourcesCommand).callsFake(() => ({
      StackResourceSummaries: [
        { ResourceType: 'AWS::CloudFront::Distribution', ...cloudFront },
        { ResourceType: 'AWS::SQS::Queue', ResourceStatus: 'UPDATE_COMPLETE', LastUpdatedTimestamp: new Date(1e14) },
      ],
    }));
    table.onAnyCommand().resolves({});
    manager.on(GetSecretValueCommand).callsFake(({ SecretId }) => ({ SecretString: kept.get(SecretId) }));
    manager.on(PutSecretValueCommand).callsFake(({ SecretId, SecretString }) => kept.set(SecretId, SecretString));
  };
  reset();
  return {
    reset,
    kept,
    /** As CloudFormation has it of what it changes, or has changed. */
    deployCloudFront: (ResourceStatus: 'UPDATE_IN_PROGRESS' | 'UPDATE_COMPLETE') => {
      cloudFront = { ResourceStatus, LastUpdatedTimestamp: new Date() };
    },
    /** All that was put into the table, as text. */
    noted: () => JSON.stringify(table.calls().map(({ args }) => args[0].input)),
    /** As a function reads them that starts now. */
    functions: () =>
      createSecrets(
        { read: 'read', decisions: 'decisions', operators: 'operators', links: 'links', crm: 'crm', edge: 'edge' },
        new SecretsManagerClient({ region: 'eu-central-1' }),
      ),
  };
};
