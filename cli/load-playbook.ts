// A playbook from its file, or every complaint about it.
import { readFileSync } from 'node:fs';
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
