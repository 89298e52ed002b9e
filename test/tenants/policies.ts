// What a deployed stack's policies say, with the names things got, and what of somebody else's they would open.
import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import type { StackResource } from '../../lib/adapters/aws/stack-contents.ts';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

interface Template {
  Resources: Record<string, { Type: string; Properties?: Record<string, Json> }>;
}

export const deployedTemplate = async (stack: string, region: string): Promise<Template> => {
  const { TemplateBody = '' } = await new CloudFormationClient({ region }).send(
    new GetTemplateCommand({ StackName: stack }),
  );
  return JSON.parse(TemplateBody) as Template;
};

export interface Statement {
  of: string;
  actions: string[];
  /** As IAM has them, with their wildcards. */
  resources: string[];
}

const listOf = (value: Json | undefined): Json[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** What a reference comes to: the thing's name or ARN; what only the account knows is any. */
const resolved = (value: Json, ids: ReadonlyMap<string, string>): string => {
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return value.map((one) => resolved(one, ids)).join('');
  if ('Ref' in value) return ids.get(String(value.Ref)) ?? '000000000000';
  if ('Fn::GetAtt' in value) return ids.get(String(listOf(value['Fn::GetAtt'])[0])) ?? 'unknown';
  if ('Fn::Join' in value) {
    const [separator, parts] = value['Fn::Join'] as [string, Json[]];
    return parts.map((part) => resolved(part, ids)).join(separator);
  }
  return Object.values(value)
    .map((one) => resolved(one, ids))
    .join('');
};

/** Every statement that allows something, of roles' policies and of those of things. */
export const statementsOf = ({ Resources }: Template, resources: readonly StackResource[]): Statement[] => {
  const ids = new Map(resources.map(({ logicalId, id }) => [logicalId, id]));
  const found: Statement[] = [];
  const walk = (of: string, value: Json | undefined): void => {
    if (Array.isArray(value)) for (const one of value) walk(of, one);
    else if (typeof value === 'object' && value !== null) {
      if (value.Effect === 'Allow' && value.Resource !== undefined) {
        found.push({
          of,
          actions: listOf(value.Action).map((action) => resolved(action, ids)),
          resources: listOf(value.Resource).map((one) => resolved(one, ids)),
        });
      }
      for (const one of Object.values(value)) walk(of, one);
    }
  };
  for (const [name, { Properties }] of Object.entries(Resources)) walk(name, Properties);
  return found;
};

/** Services whose actions on "*" open nothing that belongs to a tenant: traces, and permissions of a key on itself. */
const ofNoTenant = /^(xray|kms|logs|cloudwatch):|^dynamodb:ListStreams$/;

const matches = (pattern: string, name: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  ).test(name);

/** Names under which the thing can be meant: as it is called, and within an ARN. */
const meant = (pattern: string, { id, type }: StackResource): boolean => {
  const name = id.split('/').at(-1) ?? id;
  if (pattern === '*') return true;
  if (matches(pattern, id)) return true;
  const [, , service = '', , , ...rest] = pattern.split(':');
  return (
    service !== '' && type.toLowerCase().includes(service) && matches(rest.join(':').replace(/^[a-z-]+\//, ''), name)
  );
};

/** What of these the statements open. */
export const openedBy = (statements: readonly Statement[], theirs: readonly StackResource[]): string[] =>
  statements.flatMap(({ of, actions, resources }) => {
    const telling = actions.filter((action) => !ofNoTenant.test(action));
    return resources.flatMap((pattern) => {
      if (pattern === '*') return telling.map((action) => `${of}: ${action} on *`);
      return theirs
        .filter((one) => one.id !== '' && meant(pattern, one))
        .map(({ id }) => `${of}: ${pattern} opens ${id}`);
    });
  });
