// `muster status`: how a running Muster stands, and whether it needs a person.
import { Command } from 'commander';
import { asked, type Where } from '../ask-api.ts';
import { CommandError } from '../command-error.ts';
import { shownJson } from '../foreign-text.ts';
import { reachedToOperate } from './operation.ts';
import { seenStatus, statusText } from './status-text.ts';

export const statusCommand = (): Command =>
  reachedToOperate(new Command('status'))
    .description(
      'show what waits, what died, what was refused and what is under way; ends with 1 where a person is needed',
    )
    .option('--json', 'print it as JSON, with all there is')
    .action(async ({ json = false, ...where }: Where & { json?: boolean }) => {
      const seen = seenStatus.parse(await asked(where, '/operations/status'));
      console.log(json ? shownJson(seen) : statusText(seen));
      if (seen.needsAPerson.length > 0) throw new CommandError(`A person is needed: ${seen.needsAPerson.join('; ')}`);
    });
