// Deploys the firewall of a tenant before its stack, which is given the firewall's ARN: CloudFront takes those of us-east-1 only.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { firewallOutput, firewallStackOf } from '../infra/firewall-names.ts';

export interface FirewallDeployment {
  tenant: string;
  folder: string;
  /** Deploys the stack of that name and writes its outputs into the file. */
  deploy: (stack: string, outputsFile: string) => Promise<unknown>;
}

/** What the tenant's own deployment has to be told besides; nothing where its stack was synthesised without a firewall. */
export const deployFirewall = async ({ tenant, folder, deploy }: FirewallDeployment): Promise<string[]> => {
  const stack = firewallStackOf(tenant);
  if (!existsSync(join(folder, 'cdk.out', `${stack}.template.json`))) return [];
  const outputsFile = join(folder, 'firewall.json');
  await deploy(stack, outputsFile);
  const outputs = z
    .record(z.string(), z.record(z.string(), z.string()))
    .parse(JSON.parse(readFileSync(outputsFile, 'utf8')));
  const arn = outputs[stack]?.[firewallOutput];
  if (arn === undefined) throw new Error(`${stack} puts out no ${firewallOutput}`);
  return ['--parameters', `muster-${tenant}:${firewallOutput}=${arn}`];
};
