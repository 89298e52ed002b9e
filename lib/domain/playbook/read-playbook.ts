// From the YAML somebody wrote to a playbook that can be relied on, or to what is wrong with it and where.
import { type Reading, readYaml } from '../yaml-document.ts';
import { checkPlaybook } from './check-playbook.ts';
import { type Playbook, playbook } from './playbook.ts';

export const readPlaybook = (source: string): Reading<Playbook> => readYaml(source, playbook, checkPlaybook);
