// X-Ray's view of the functions: how long each took and what it called, of one invocation in a hundred. Whose work a line of a log was
// is known without it, of every one.
import type { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CfnSamplingRule } from 'aws-cdk-lib/aws-xray';
import { fingerprintOf } from '../lib/domain/ids.ts';
import type { Tenant } from './tenant.ts';

/** Five dollars a million traces: at this share half a dollar for ten million invocations. AWS's own rule would keep the first of every
 * second besides, up to 13 $ a month. */
const share = 0.01;

/** X-Ray knows no resources: what is sent there is told apart by who sends it. */
const sendSegments = (): iam.PolicyStatement =>
  new iam.PolicyStatement({ actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], resources: ['*'] });

/** A rule's name has at most 32 characters; two tenants of an account may have names that begin alike. */
const ruleNameOf = (tenant: string): string => {
  const name = `muster-${tenant}`;
  return name.length <= 32 ? name : `${name.slice(0, 23)}-${fingerprintOf(tenant).slice(0, 8)}`;
};

/** Has Lambda itself trace the functions the stack has by now. Powertools' Tracer would say more of each, and takes 124 KB and 57 ms of
 * a function's start, where all the rest of one has 600 KB and may take a third longer than its SDK clients alone. */
export const traceFunctions = (stack: Stack, { name }: Pick<Tenant, 'name'>): void => {
  for (const one of stack.node.findAll()) {
    if (!(one instanceof lambda.Function)) continue;
    const resource = one.node.defaultChild;
    if (!(resource instanceof lambda.CfnFunction) || !resource.functionName?.startsWith(`muster-${name}-`)) continue;
    resource.tracingConfig = { mode: lambda.Tracing.ACTIVE };
    one.addToRolePolicy(sendSegments());
  }
  new CfnSamplingRule(stack, 'Sampling', {
    samplingRule: {
      ruleName: ruleNameOf(name),
      ...{ priority: 9_000, fixedRate: share, reservoirSize: 0, version: 1 },
      ...{
        serviceName: `muster-${name}-*`,
        serviceType: '*',
        host: '*',
        httpMethod: '*',
        urlPath: '*',
        resourceArn: '*',
      },
    },
  });
};
