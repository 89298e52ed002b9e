// The secrets of a deployed tenant, in Secrets Manager: where its stack says they are.
import { loadTenant } from '../../infra/tenant.ts';
import { secretsKeptMs } from '../../lib/adapters/aws/secrets.ts';
import { lastChangeOf } from '../../lib/adapters/aws/stack-contents.ts';
import { stackOutputsOf } from '../../lib/adapters/aws/stack-outputs.ts';
import { createStoredSecrets, type SecretPlace } from '../../lib/adapters/aws/stored-secrets.ts';
import { createTable } from '../../lib/adapters/aws/table.ts';
import { noteDeed } from '../../lib/steps/audit.ts';
import { CommandError } from '../command-error.ts';
import { edge, ofConnections, usual } from './kinds.ts';
import type { OpenedSecrets } from './opened.ts';

/** The stack's output with the secret's id, and where in the secret the value stands. */
const places: Readonly<Record<string, Omit<SecretPlace, 'id'> & { output: string }>> = {
  read: { output: 'ReadSecretId', key: 'tokens' },
  decisions: { output: 'DecisionSecretId', key: 'tokens' },
  operators: { output: 'OperatorSecretId', key: 'tokens' },
  links: { output: 'LinksSecretId', key: 'secrets' },
  edge: { output: 'EdgeSecretId', key: 'sent', also: 'also' },
};

export const openStack = async (name: string, folder: string | undefined): Promise<OpenedSecrets> => {
  const tenant = loadTenant(name, folder);
  const { region } = tenant;
  const outputs = await stackOutputsOf(name, region, tenant.account);
  const TableName = outputs?.TableName;
  if (outputs === undefined || TableName === undefined)
    throw new CommandError(
      `There is no stack muster-${name} in ${region}: deploy it with npm run deploy -- --tenant ${name}`,
    );
  process.env.AWS_REGION = region;
  const table = createTable(TableName);
  const placeOf = (secret: string): SecretPlace => {
    const { output, ...place } = places[secret] ?? { output: 'CrmSecretId', key: secret.slice('crm/'.length) };
    const id = outputs[output];
    if (id === undefined) throw new CommandError(`The stack muster-${name} does not say where ${secret} is: deploy it`);
    return { id, ...place };
  };
  return {
    kinds: { ...usual, ...(outputs.EdgeSecretId !== undefined && { edge }), ...ofConnections(tenant.crm) },
    secrets: createStoredSecrets(region, placeOf),
    note: (deed) => noteDeed({ table, auditDays: tenant.access.auditDays }, deed),
    keptMs: secretsKeptMs,
    stillNeeded: async (secret, since) => {
      if (secret !== 'edge') return undefined;
      // CloudFormation gives CloudFront the secret only when it changes something about CloudFront.
      const given = await lastChangeOf(`muster-${name}`, 'AWS::CloudFront::Distribution', region);
      if (since !== undefined && given !== undefined && given > since) return undefined;
      return 'CloudFront still sends the old one: raise edge.secretRound by one in the tenant’s file and deploy';
    },
    typed: `--tenant ${name}${folder === undefined ? '' : ` --tenants ${folder}`}`,
  };
};
