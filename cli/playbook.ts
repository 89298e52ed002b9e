// `muster playbook`: says what is wrong with a playbook before anybody depends on it, what a change of it means, and makes
// one live.
import { Command } from 'commander';
import { diffPlaybooks } from '../lib/domain/playbook/diff-playbooks.ts';
import { playbookJsonSchemaText } from '../lib/domain/playbook/json-schema.ts';
import { loadPlaybook } from './load-playbook.ts';
import { savePlaybookOf } from './tenant-playbook.ts';
import { tenantsOption } from './tenants-option.ts';

const countOf = (things: object, name: string): string => {
  const count = Object.keys(things).length;
  return `${count} ${name}${count === 1 ? '' : 's'}`;
};

const checkCommand = (): Command =>
  new Command('check')
    .description('say what is wrong with a playbook, with line and column')
    .argument('<file>', 'a playbook in YAML')
    .action((file: string) => {
      const { playbook } = loadPlaybook(file);
      const { forms, signals, fit, people } = playbook;
      const parts = [countOf(forms, 'form'), countOf(signals, 'signal'), countOf(fit, 'fit rule')];
      console.log(`${file}: playbook "${playbook.name}" is in order: ${parts.join(', ')}, ${people.length} people.`);
    });

const diffCommand = (): Command =>
  new Command('diff')
    .description('say in words what changed from one playbook to another')
    .argument('<before>', 'a playbook in YAML')
    .argument('<after>', 'another')
    .action((before: string, after: string) => {
      const lines = diffPlaybooks(loadPlaybook(before).playbook, loadPlaybook(after).playbook);
      console.log(lines.length === 0 ? 'They are the same.' : lines.join('\n'));
    });

const schemaCommand = (): Command =>
  new Command('schema').description('print the JSON Schema of playbooks, by which editors complete them').action(() => {
    process.stdout.write(playbookJsonSchemaText());
  });

const saveCommand = (): Command =>
  new Command('save')
    .description('make a playbook the live one of a deployed tenant; older versions stay')
    .argument('<file>', 'a playbook in YAML')
    .requiredOption('--tenant <name>', 'the tenant, named as its file')
    .addOption(tenantsOption())
    .action(async (file: string, { tenant, tenants }: { tenant: string; tenants?: string }) => {
      const { number, saved } = await savePlaybookOf(tenant, file, tenants);
      console.log(saved ? `Version ${number} is live.` : `Version ${number} is this very playbook and live already.`);
    });

export const playbookCommand = (): Command =>
  new Command('playbook')
    .description('work with playbooks')
    .addCommand(checkCommand())
    .addCommand(diffCommand())
    .addCommand(schemaCommand())
    .addCommand(saveCommand());
