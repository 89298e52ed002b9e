// `muster dead-letters` shows what could not be worked off, and `muster redrive` sends it again.
import { Command, Option } from 'commander';
import { redrivenQueues } from '../../lib/domain/operations.ts';
import { asked, type Where } from '../ask-api.ts';
import { shownJson } from '../foreign-text.ts';
import { type Operating, operate, operating, reachedToOperate } from './operation.ts';

const queueOption = (text: string): Option => new Option('--queue <name>', text).choices(redrivenQueues);

const collected = (id: string, ids: string[] = []): string[] => [...ids, id];

export const deadLettersCommand = (): Command =>
  reachedToOperate(new Command('dead-letters'))
    .description('show how many messages could not be worked off, since when, and of one queue what each is, as JSON')
    .addOption(queueOption('shows each letter of this queue: its kind and the ids it names'))
    .action(async ({ queue, ...where }: Where & { queue?: string }) => {
      const path = `/operations/dead-letters${queue === undefined ? '' : `?queue=${queue}`}`;
      console.log(shownJson(await asked(where, path)));
    });

export const redriveCommand = (): Command =>
  operating(new Command('redrive'))
    .description('send the dead letters of a queue again, each once; what fails again comes back to them')
    .addOption(queueOption('the queue').makeOptionMandatory())
    .option('--id <id>', 'only the letter with this id; may be given again', collected)
    .action(async ({ queue, id: ids, ...options }: Operating & { queue: string; id?: string[] }) => {
      await operate(options, { operation: 'redrive', queue, ids });
    });
