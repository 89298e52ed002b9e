// `muster playbook`: says what is wrong with a playbook before anybody depends on it.
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { readPlaybook } from '../lib/domain/playbook/read-playbook.ts';
import { complaintsText } from '../lib/domain/yaml-document.ts';
import { CommandError } from './command-error.ts';

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new CommandError(code === 'ENOENT' ? `${file}: there is no such file` : `${file}: cannot be read (${code})`);
  }
};

/** The playbook in a file; throws CommandError with every complaint. */
export const loadPlaybook = (file: string) => {
  const source = readText(file);
  const reading = readPlaybook(source);
  if ('complaints' in reading) throw new CommandError(complaintsText(file, reading.complaints));
  return { source, playbook: reading.value };
};

const countOf = (things: object, name: string): string => {
  const count = Object.keys(things).length;
  return `${count} ${name}${count === 1 ? '' : 's'}`;
};

export const playbookCommand = (): Command =>
  new Command('playbook').description('work with playbooks').addCommand(
    new Command('check')
      .description('say what is wrong with a playbook, with line and column')
      .argument('<file>', 'a playbook in YAML')
      .action((file: string) => {
        const { playbook } = loadPlaybook(file);
        const { forms, signals, fit, people } = playbook;
        const parts = [countOf(forms, 'form'), countOf(signals, 'signal'), countOf(fit, 'fit rule')];
        console.log(`${file}: playbook "${playbook.name}" is in order: ${parts.join(', ')}, ${people.length} people.`);
      }),
  );
