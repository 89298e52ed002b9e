// `muster quarantine`: the lines that could not be applied, and trying them again.
import { Command } from 'commander';
import { asked, type Where } from '../ask-api.ts';
import { CommandError } from '../command-error.ts';
import { shownJson } from '../foreign-text.ts';
import { type Operating, operate, operating, reachedToOperate } from './operation.ts';

const collected = (id: string, ids: string[] = []): string[] => [...ids, id];

const listCommand = (): Command =>
  reachedToOperate(new Command('list'))
    .description('list the lines in quarantine with the reason of each, a page of them, as JSON')
    .option('--after <id>', 'the page after this line, as `next` has it')
    .action(async ({ after, ...where }: Where & { after?: string }) => {
      const query = after === undefined ? '' : `?${new URLSearchParams({ after })}`;
      console.log(shownJson(await asked(where, `/operations/quarantine${query}`)));
    });

const releaseCommand = (): Command =>
  operating(new Command('release'))
    .description('try lines again: those that are applied leave the quarantine, the others stay with their reason')
    .option('--id <id>', 'the line with this id; may be given again', collected)
    .option('--all', 'every line that stands there now')
    .action(async ({ id: ids, all, ...options }: Operating & { id?: string[]; all?: true }) => {
      if ((ids === undefined) === (all === undefined)) throw new CommandError('give either --id or --all');
      await operate(options, { operation: 'release', ids });
    });

const dropCommand = (): Command =>
  operating(new Command('drop'))
    .description('throw lines away that nobody wants applied; this cannot be taken back')
    .requiredOption('--id <id>', 'the line with this id; may be given again', collected)
    .action(async ({ id: ids, ...options }: Operating & { id: string[] }) => {
      await operate(options, { operation: 'drop', ids });
    });

export const quarantineCommand = (): Command =>
  new Command('quarantine')
    .description('show, try again or drop the lines that could not be applied')
    .addCommand(listCommand())
    .addCommand(releaseCommand())
    .addCommand(dropCommand());
