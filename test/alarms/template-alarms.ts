// A stack's alarms as its template defines them, references by the names of what they refer to.
import type { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import type { Tenant } from '../../infra/tenant.ts';
import { resourcesOf, templateOf } from '../infra/tenant-template.ts';
import { type AlarmDefinition, alarmDefinition } from './evaluate.ts';

/** A tenant that has everything there is to have, so that every alarm there is stands in its template. */
export const wholeTenant: Partial<Tenant> = {
  crm: {
    crm: { kind: 'signed' },
    hubspot: { kind: 'hubspot', portalId: 62515 },
    salesforce: {
      kind: 'salesforce',
      organisationId: '00D5e0000000001EAA',
      eventSource: 'aws.partner/salesforce.com/00D5e0000000001EAA/0YLR00000000001OAA',
    },
  },
  destinations: { program: { kind: 'webhook', url: 'https://acme.example/hook', events: ['sla-breached.v1'] } },
};

const reference = z.object({ Ref: z.string() });

/** What CloudFormation puts for a reference is not known yet: the logical id stands for it. */
const resolved = (value: unknown): unknown => {
  const known = reference.safeParse(value);
  if (known.success) return known.data.Ref;
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, resolved(one)]));
};

export const alarmsIn = (template: Template): AlarmDefinition[] =>
  resourcesOf(template, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) =>
    alarmDefinition.parse(resolved(Properties)),
  );

export const nameOf = ({ AlarmName }: AlarmDefinition): string => AlarmName.replace('muster-demo-', '');

/** The template's alarms by their short names. */
export const alarmsByName = (template = templateOf(wholeTenant)): Readonly<Record<string, AlarmDefinition>> =>
  Object.fromEntries(alarmsIn(template).map((alarm) => [nameOf(alarm), alarm]));
