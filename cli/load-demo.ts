// The demo on the local cloud: the playbook in the stack's table, the accounts through its webhook, the site on loopback.
import { loadTenant } from '../infra/tenant.ts';
import { createSecrets } from '../lib/adapters/aws/secrets.ts';
import { panelAddress, serveWeb } from '../web/server.ts';
import type { LoadDemo } from './cloud.ts';
import { CommandError } from './command-error.ts';
import { seedDemo } from './demo.ts';
import { playbookFileOf, savePlaybookFile } from './tenant-playbook.ts';

const one = (values: readonly string[], what: string): string => {
  const [value] = values;
  if (value === undefined) throw new CommandError(`the stack has no ${what}`);
  return value;
};

/** Expects the cloud's environment in `process.env`, where the SDK's clients look for it. */
export const loadDemo: LoadDemo = async ({ outputs, apiUrl }, tenants) => {
  const tenant = loadTenant(outputs.Tenant, tenants);
  await savePlaybookFile(playbookFileOf(tenant.name, tenants), outputs.TableName);
  const secrets = createSecrets({
    crm: outputs.CrmSecretId,
    read: outputs.ReadSecretId,
    decisions: outputs.DecisionSecretId,
    operators: outputs.OperatorSecretId,
  });
  // The accounts of the demo are none of somebody else's tenant.
  if (tenants === undefined)
    await seedDemo({ apiUrl, crmSecret: one(await secrets.webhookSecrets('crm'), 'CRM secret') });
  const web = await serveWeb({ apiUrl, writeKey: one(tenant.web.writeKeys, 'write key') });
  const token = one(await secrets.readTokens(), 'read token');
  const decisionToken = one(await secrets.decisionTokens(), 'decision token');
  const operatorToken = one(await secrets.operatorTokens(), 'operator token');
  return {
    address: `${web.url}/demo.html`,
    panel: panelAddress(web.url, { apiUrl, token }),
    tokens: { read: token, decision: decisionToken, operator: operatorToken },
    stop: () => web.close(),
  };
};
