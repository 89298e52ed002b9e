// Refuses what two tenants cannot both have, before AWS does in the middle of a deployment: only here their files meet.
import { senderOf } from '../infra/sender.ts';
import { loadTenant, type Tenant, tenantNames } from '../infra/tenant.ts';
import { CommandError } from './command-error.ts';

interface Taken {
  /** As in the tenant's file. */
  setting: string;
  value: string;
  why: string;
  /** In every account and region. */
  everywhere?: true;
}

/** What of a tenant's can be there but once. */
const takenBy = ({ edge, mail, crm }: Tenant): Taken[] => [
  ...(edge === 'none' || edge.domain === undefined
    ? []
    : [
        {
          ...{ setting: 'edge.domain', value: edge.domain },
          ...{ why: 'a name leads to one CloudFront alone', everywhere: true as const },
        },
      ]),
  ...(mail.createIdentity
    ? [
        {
          ...{ setting: 'mail.createIdentity', value: senderOf(mail.from).domain.toLowerCase() },
          why: 'SES has an identity once, and it would go with the stack that made it; leave it to one of both',
        },
      ]
    : []),
  ...Object.values(crm).flatMap((one) =>
    one.kind === 'salesforce' && one.eventSource !== undefined
      ? [{ setting: 'eventSource', value: one.eventSource, why: 'a partner event source has one bus alone' }]
      : [],
  ),
];

/** One whose file has mistakes of its own is told of them when it is deployed. */
const readable = (name: string, folder: string | undefined): Tenant[] => {
  try {
    return [loadTenant(name, folder)];
  } catch {
    return [];
  }
};

const areTogether = (one: Tenant, other: Tenant): boolean =>
  one.region === other.region &&
  (one.account === undefined || other.account === undefined || one.account === other.account);

/** Throws CommandError with everything that another tenant of the folder has already. */
export const checkOtherTenants = (tenant: Tenant, folder?: string): void => {
  const lines = tenantNames(folder)
    .filter((name) => name !== tenant.name)
    .flatMap((name) => readable(name, folder))
    .flatMap((other) => {
      const theirs = takenBy(other);
      return takenBy(tenant)
        .filter(({ everywhere }) => everywhere || areTogether(tenant, other))
        .filter(({ setting, value }) => theirs.some((one) => one.setting === setting && one.value === value))
        .map(({ setting, value, why }) => `${setting}: ${value} is tenant ${other.name}'s too: ${why}.`);
    });
  if (lines.length > 0) throw new CommandError(lines.join('\n'));
};
