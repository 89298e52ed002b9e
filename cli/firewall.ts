// The firewall of a tenant: deployed before its stack, which is given the firewall's ARN, and taken away after it, which uses it.
// It is a stack of its own, since CloudFront takes those of us-east-1 only.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { firewallOutput, firewallRegion, firewallStackOf } from '../infra/firewall-names.ts';
import type { Tenant } from '../infra/tenant.ts';
import { deleteStack } from '../lib/adapters/aws/stack-contents.ts';
import { stackOutputsOf } from '../lib/adapters/aws/stack-outputs.ts';

export interface FirewallDeployment {
  tenant: string;
  folder: string;
  /** Deploys the stack of that name and writes its outputs into the file. */
  deploy: (stack: string, outputsFile: string) => Promise<unknown>;
}

const assembly = z.object({ artifacts: z.record(z.string(), z.unknown()) });

/** By the assembly's manifest: the template of an earlier one, for AWS say, may still be beside it. */
const isSynthesised = (stack: string, folder: string): boolean =>
  stack in assembly.parse(JSON.parse(readFileSync(join(folder, 'cdk.out', 'manifest.json'), 'utf8'))).artifacts;

/** What the tenant's own deployment has to be told besides; nothing where its stack was synthesised without a firewall. */
export const deployFirewall = async ({ tenant, folder, deploy }: FirewallDeployment): Promise<string[]> => {
  const stack = firewallStackOf(tenant);
  if (!isSynthesised(stack, folder)) return [];
  const outputsFile = join(folder, 'firewall.json');
  await deploy(stack, outputsFile);
  const outputs = z
    .record(z.string(), z.record(z.string(), z.string()))
    .parse(JSON.parse(readFileSync(outputsFile, 'utf8')));
  const arn = outputs[stack]?.[firewallOutput];
  if (arn === undefined) throw new Error(`${stack} puts out no ${firewallOutput}`);
  return ['--parameters', `muster-${tenant}:${firewallOutput}=${arn}`];
};

/** Whether the stack that put these out is. Another region need not be asked, which may be closed to whoever asks. */
export const isBehindFirewall = (outputs: Readonly<Record<string, string>> | undefined): boolean =>
  outputs?.EdgeSecretId !== undefined;

/** Whether it is there although the tenant's stack is not. */
export const isFirewallLeft = async ({
  name,
  account,
  edge,
}: Pick<Tenant, 'name' | 'account' | 'edge'>): Promise<boolean> =>
  edge !== 'none' &&
  !process.env.AWS_ENDPOINT_URL &&
  (await stackOutputsOf(`${name}-edge`, firewallRegion, account)) !== undefined;

/** Deleting one that is not there is nothing. */
export const removeFirewall = (tenant: string): Promise<void> => deleteStack(firewallStackOf(tenant), firewallRegion);
