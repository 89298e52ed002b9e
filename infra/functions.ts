// Every function with its size, and how each is made: its own role, its own log group, nothing it does not need.
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Tenant } from './tenant.ts';

/** Entry `functions/lambda/<name>.ts`. Memory is CPU: fold parses and folds up to 1,000 hits a batch; the others wait for I/O.
 * Seconds are short where they can be, because a queue's retry waits six times as long. */
export const functionSizes = {
  'capture-forms': { megabytes: 256, seconds: 10 },
  'capture-hits': { megabytes: 256, seconds: 10 },
  'capture-crm': { megabytes: 256, seconds: 10 },
  // Only where a Salesforce connection has a partner event bus.
  'capture-salesforce': { megabytes: 256, seconds: 10 },
  'capture-actions': { megabytes: 256, seconds: 10 },
  'capture-decisions': { megabytes: 256, seconds: 10 },
  'read-api': { megabytes: 256, seconds: 10 },
  panel: { megabytes: 256, seconds: 10 },
  operations: { megabytes: 256, seconds: 10 },
  fold: { megabytes: 512, seconds: 20 },
  publish: { megabytes: 256, seconds: 20 },
  assess: { megabytes: 512, seconds: 10 },
  route: { megabytes: 256, seconds: 10 },
  sla: { megabytes: 256, seconds: 10 },
  notify: { megabytes: 256, seconds: 10 },
  sweep: { megabytes: 512, seconds: 60 },
  // A slice of an operation is cut to some 10 s; looking at a queue of dead letters takes its time.
  operate: { megabytes: 512, seconds: 60 },
  // Only where a connection has an API: CRMs take seconds over a hundred records.
  'sync-crm': { megabytes: 512, seconds: 60 },
  'pull-crm': { megabytes: 512, seconds: 300 },
  // Only where somebody outside is told: each of them has 15 seconds to answer.
  outbound: { megabytes: 256, seconds: 20 },
} as const satisfies Record<string, { megabytes: number; seconds: number }>;

export type FunctionName = keyof typeof functionSizes;
export const functionNames = Object.keys(functionSizes) as FunctionName[];

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
    });
    // A role of our own: CDK's default one brings a managed policy that may write to every log group of the account.
    const role = new iam.Role(scope, `${name}-role`, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    for (const statement of allow) role.addToPolicy(statement);
    return new lambda.Function(scope, name, {
      functionName: `muster-${tenant.name}-${name}`,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      code: code(name),
      handler: 'index.handler',
      memorySize: functionSizes[name].megabytes,
      timeout: Duration.seconds(functionSizes[name].seconds),
      role,
      logGroup,
      // Lambda's own START, END and REPORT lines cost a dollar per million forms and say nothing the metrics do not.
      loggingFormat: lambda.LoggingFormat.JSON,
      systemLogLevelV2: lambda.SystemLogLevel.WARN,
      applicationLogLevelV2: lambda.ApplicationLogLevel.INFO,
      environment: { TENANT: tenant.name, ...environment, NODE_OPTIONS: '--enable-source-maps' },
    });
  };
