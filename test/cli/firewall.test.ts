// A tenant's firewall is deployed where its stack was synthesised with one.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { deployFirewall } from '../../cli/firewall.ts';
import { temporaryFolder } from './run.ts';

const { path } = temporaryFolder();

/** What the tenant's deployment is told, and what was deployed before it. */
const deployedOf = async (folder: string, ...stacks: string[]) => {
  const assembly = join(path(folder), 'cdk.out');
  mkdirSync(assembly, { recursive: true });
  const artifacts = Object.fromEntries(stacks.map((stack) => [stack, { type: 'aws:cloudformation:stack' }]));
  writeFileSync(join(assembly, 'manifest.json'), JSON.stringify({ version: '48.0.0', artifacts }));
  const deployed: string[] = [];
  const told = await deployFirewall({
    ...{ tenant: 'acme', folder: path(folder) },
    deploy: async (stack, outputs) => {
      deployed.push(stack);
      writeFileSync(outputs, JSON.stringify({ [stack]: { FirewallArn: 'arn:of:firewall' } }));
    },
  });
  return { told, deployed };
};

it('goes first, and the stack is told where it is', async () => {
  expect(await deployedOf('edge', 'muster-acme-edge', 'muster-acme')).toEqual({
    told: ['--parameters', 'muster-acme:FirewallArn=arn:of:firewall'],
    deployed: ['muster-acme-edge'],
  });
});

it('is none where there is only what an earlier synthesis left of one', async () => {
  mkdirSync(join(path('none'), 'cdk.out'), { recursive: true });
  writeFileSync(join(path('none'), 'cdk.out', 'muster-acme-edge.template.json'), '{}');
  expect(await deployedOf('none', 'muster-acme')).toEqual({ told: [], deployed: [] });
});
