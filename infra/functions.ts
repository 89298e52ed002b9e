// How each function is made: its own role, its own log group, nothing it does not need.
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { atOnceOf, type FunctionName, functionSizes } from './function-sizes.ts';
import { keyOf, useKey } from './key.ts';
import type { Tenant } from './tenant.ts';

/** Where a function's code comes from: the bundles, or something small in tests. */
export type CodeOf = (name: FunctionName) => lambda.Code;

export type CreateFunction = (
  name: FunctionName,
  what: { environment: Record<string, string>; allow?: readonly iam.PolicyStatement[] },
) => lambda.Function;

export const functionsOf =
  (scope: Construct, tenant: Tenant, code: CodeOf): CreateFunction =>
  (name, { environment, allow = [] }) => {
    const logGroup = new logs.LogGroup(scope, `${name}-log`, {
      logGroupName: `/muster/${tenant.name}/${name}`,
      retention: tenant.logs.keepDays,
      removalPolicy: RemovalPolicy.DESTROY,
      encryptionKey: keyOf(scope),
    });
    // A role of our own: CDK's default one brings a managed policy that may write to every log group of the account.
    const role = new iam.Role(scope, `${name}-role`, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    for (const statement of [...allow, useKey(keyOf(scope), allow)]) role.addToPolicy(statement);
    const atOnce = atOnceOf(tenant, name);
    acknowledge(scope, role, tenant);
    return new lambda.Function(scope, name, {
      ...(atOnce !== undefined && { reservedConcurrentExecutions: atOnce }),
      functionName: `muster-${tenant.name}-${name}`,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      code: code(name),
      handler: 'index.handler',
      memorySize: functionSizes[name].megabytes,
      timeout: Duration.seconds(functionSizes[name].seconds),
      role,
      logGroup,
      environmentEncryption: keyOf(scope),
      // Lambda's own START, END and REPORT lines cost a dollar per million forms and say nothing the metrics do not.
      loggingFormat: lambda.LoggingFormat.JSON,
      systemLogLevelV2: lambda.SystemLogLevel.WARN,
      applicationLogLevelV2: lambda.ApplicationLogLevel.INFO,
      environment: { TENANT: tenant.name, ...environment, NODE_OPTIONS: '--enable-source-maps' },
    });
  };

const acknowledge = (scope: Construct, role: iam.Role, tenant: Tenant): void => {
  const { region } = Stack.of(scope);
  // As the CDK writes it with the partitions of cdk.json, and without.
  const timers = ['aws', '<AWS::Partition>'].map((partition) => ({
    id: `AwsSolutions-IAM5[Resource::arn:${partition}:scheduler:${region}:<AWS::AccountId>:schedule/muster-${tenant.name}/*]`,
    reason: 'Timers are made and taken back by the thousand, each a schedule of its own in the tenant’s group.',
  }));
  Validations.of(role).acknowledge(...timers, {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      'Traces and lists of streams cannot be restricted to a resource; test/infra/permissions.test.ts lets through no other action.',
  });
};
