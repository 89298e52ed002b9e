// `muster rebuild`: makes what is stored of people, accounts and deals anew from the trail, while everything runs.
import { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import { leadIdNamed, whoever } from '../decide.ts';
import { type Operating, operate, operating } from './operation.ts';

type Rebuilding = Operating & { lead?: string; account?: string; all?: true };

export const rebuildCommand = (): Command =>
  operating(new Command('rebuild'))
    .description('make what is stored anew from the trail, in the live table, without stopping intake')
    .option('--lead <who>', `of one lead: ${whoever}`)
    .option('--account <id>', 'of one account, and of everybody and every deal in it')
    .option('--all', 'of everybody and everything')
    .action(async ({ lead, account, all, ...options }: Rebuilding) => {
      if ([lead, account, all].filter((one) => one !== undefined).length !== 1)
        throw new CommandError('give one of --lead, --account and --all');
      const leadId = lead === undefined ? undefined : leadIdNamed(lead);
      await operate(options, { operation: 'rebuild', lead: leadId, account });
    });
