// Synthesises tenants' stacks for the tests: the template as CloudFormation gets it, without bundling.
import { rmSync } from 'node:fs';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { loadTenant, type Tenant } from '../../infra/tenant.ts';
import { TenantStack } from '../../infra/tenant-stack.ts';

export interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is untyped JSON, and the tests ask it for everything.
  Properties: Record<string, any>;
  DeletionPolicy?: string;
  DependsOn?: string[];
}

/** The CDK makes a folder of its own for each app, and leaves it. */
export const inApp = <Result>(build: (app: App) => Result): Result => {
  const app = new App();
  try {
    return build(app);
  } finally {
    rmSync(app.outdir, { recursive: true, force: true });
  }
};

export const templateIn = (stackIn: (app: App) => Stack): Template => inApp((app) => Template.fromStack(stackIn(app)));

export const templateOf = (changes: Partial<Tenant> = {}, localCloud = false): Template => {
  const tenant = { ...loadTenant('demo'), ...changes };
  const code = () => Code.fromInline('export {}');
  return templateIn((app) => new TenantStack(app, { tenant, code, localCloud }));
};

export const resourcesOf = (template: Template, type?: string): [string, Resource][] =>
  Object.entries(template.toJSON().Resources as Record<string, Resource>).filter(
    ([, resource]) => type === undefined || resource.Type === type,
  );

/** All that says who may do what: what is too long for a role's own policy the CDK puts into a managed one beside it. */
export const policiesOf = (template: Template): [string, Resource][] =>
  resourcesOf(template).filter(([, { Type }]) => Type === 'AWS::IAM::Policy' || Type === 'AWS::IAM::ManagedPolicy');

/** Each function by its short name, with the statements of its role. */
export const functionsOf = (template: Template, tenant = 'demo') => {
  const policies = policiesOf(template);
  return resourcesOf(template, 'AWS::Lambda::Function').map(([, { Properties }]) => {
    const role = Properties.Role['Fn::GetAtt'][0];
    const statements = policies
      .filter(([, policy]) => policy.Properties.Roles.some((one: { Ref: string }) => one.Ref === role))
      .flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement as Statement[]);
    return {
      name: (Properties.FunctionName as string).replace(`muster-${tenant}-`, ''),
      properties: Properties,
      statements,
    };
  });
};

export interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: unknown;
}
