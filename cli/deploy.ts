// `muster deploy`: one tenant's file becomes one stack, on AWS or on whatever AWS_ENDPOINT_URL names.
import { join } from 'node:path';
import { Command } from 'commander';
import { Listr } from 'listr2';
import { loadTenant } from '../infra/tenant.ts';
import { checkWriteBack } from './check-write-back.ts';
import { CommandError } from './command-error.ts';
import { loadPlaybook } from './load-playbook.ts';
import { bootstrap, deployStack, nextStepAfter, root, type StackOutputs, synthesise } from './stack.ts';
import { playbookFileOf, savePlaybookFile } from './tenant-playbook.ts';
import { tenantsOption } from './tenants-option.ts';

interface Options {
  tenant: string;
  tenants?: string;
  synthOnly?: boolean;
  bootstrap?: boolean;
}

export const deployCommand = (): Command =>
  new Command('deploy')
    .description('deploy a tenant: infra/tenants/<name>.yaml becomes the stack muster-<name>')
    .requiredOption('--tenant <name>', 'the tenant, named as its file')
    .addOption(tenantsOption())
    .option('--synth-only', 'stop after synthesising, and say where the template is')
    .option('--bootstrap', 'prepare the account and region for the CDK first (once; an emulator always is)')
    .action(deploy);

async function deploy({ tenant: name, tenants, synthOnly, bootstrap: asked }: Options): Promise<void> {
  const tenant = loadTenant(name, tenants);
  const folder = join(root, '.muster', 'deploy', name);
  const playbook = playbookFileOf(name, tenants);
  // Told before anything is deployed.
  checkWriteBack(tenant.crm, loadPlaybook(playbook).playbook);
  const endpoint = process.env.AWS_ENDPOINT_URL;
  const env = { ...process.env, AWS_REGION: tenant.region };
  let outputs: StackOutputs | undefined;

  await new Listr([
    {
      title: 'Bundle the functions and synthesise the stack',
      task: () => synthesise({ tenant: name, tenants, folder, localCloud: Boolean(endpoint) }),
    },
    {
      title: 'Prepare the account for the CDK',
      enabled: () => !synthOnly && Boolean(asked || endpoint),
      task: () => bootstrap({ folder }, { env, cwd: folder }),
    },
    {
      title: `Deploy muster-${name} to ${endpoint ?? `AWS, ${tenant.region}`}`,
      enabled: () => !synthOnly,
      task: async () => {
        outputs = await deployStack({ tenant: name, folder, direct: Boolean(endpoint), env });
      },
    },
    {
      title: 'Make its playbook live',
      enabled: () => !synthOnly,
      task: async (_, task) => {
        process.env.AWS_REGION = tenant.region;
        const { number } = await savePlaybookFile(playbook, outputs!.TableName);
        task.title = `Playbook version ${number} is live`;
      },
    },
  ])
    .run()
    .catch((error: unknown) => {
      throw new CommandError(`\n${error instanceof Error ? error.message : error}\n\n${nextStepAfter(error, tenant)}`);
    });

  if (synthOnly) console.log(`\nThe template is ${join(folder, 'cdk.out', `muster-${name}.template.json`)}`);
  for (const [key, value] of Object.entries(outputs ?? {})) console.log(`${key.padEnd(24)}${value}`);
}
