// AWS's own rules (cdk-nag, AwsSolutions) on every shape a tenant's stack can have. What is acknowledged says why, beside its construct.
import { Code } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, test } from 'vitest';
import { FirewallStack } from '../../infra/firewall.ts';
import { loadTenant, type Tenant } from '../../infra/tenant.ts';
import { TenantStack } from '../../infra/tenant-stack.ts';
import { connections } from '../../lib/domain/connection.ts';
import { destinations } from '../../lib/domain/destinations.ts';
import { eventSource } from '../sources/salesforce-events.ts';
import { inApp } from './tenant-template.ts';

const code = () => Code.fromInline('export {}');

/** What the rules find, as `rule at path`. */
const findings = (changes: Partial<Tenant>, spoil: (stack: TenantStack) => void = () => {}): string[] => {
  const tenant = { ...loadTenant('demo'), ...changes };
  const { violations } = inApp((app) => {
    if (tenant.edge !== 'none') new FirewallStack(app, { ...tenant, edge: tenant.edge });
    spoil(new TenantStack(app, { tenant, code }));
    return new AwsSolutionsChecks(app).validateScope(app);
  });
  return violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
  );
};

const everything: Partial<Tenant> = {
  keepData: true,
  edge: {
    ...{ requestsPerIpPer5Minutes: 100, secretRound: 2, domain: 'leads.acme.example' },
    certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/one',
  },
};

const outside: Partial<Tenant> = {
  crm: connections.parse({
    salesforce: { kind: 'salesforce', organisationId: '00D000000000062EAA', eventSource },
    hubspot: { kind: 'hubspot', portalId: 62515 },
  }),
  destinations: destinations.parse({
    warehouse: { kind: 'webhook', url: 'https://warehouse.example/in', events: ['lead-qualified.v1'] },
  }),
};

test.each([
  ['the demo', {}],
  ['kept data and a domain of its own', everything],
  ['nothing before the API', { edge: 'none' as const }],
  ['CRMs with an API, Salesforce’s events, and somebody told outside', outside],
])('%s breaks no rule', (_, changes) => {
  expect(findings(changes)).toEqual([]);
});

test('a queue without TLS or dead letters is found', () => {
  const found = findings({}, (stack) => new Queue(stack, 'Careless'));
  expect(found.join('\n')).toMatch(/SQS4 at .*Careless/);
});
