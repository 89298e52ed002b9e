// `muster status`: how a running Muster stands, and whether it needs a person.
import { Command } from 'commander';
import * as z from 'zod';
import { asked, type Where } from '../ask-api.ts';
import { CommandError } from '../command-error.ts';
import { shownJson } from '../foreign-text.ts';
import { reachedToOperate } from './operation.ts';

const status = z.looseObject({ needsAPerson: z.array(z.string()) });

export const statusCommand = (): Command =>
  reachedToOperate(new Command('status'))
    .description(
      'show what waits, what died, what was refused and what is under way; ends with 1 where a person is needed',
    )
    .action(async (where: Where) => {
      const seen = status.parse(await asked(where, '/operations/status'));
      console.log(shownJson(seen));
      if (seen.needsAPerson.length > 0) throw new CommandError(`A person is needed: ${seen.needsAPerson.join('; ')}`);
    });
