// `muster backup`: a copy of all that is stored, taken while everything runs.
import { Command } from 'commander';
import { type Operating, operate, operating } from './operation.ts';

export const backupCommand = (): Command =>
  new Command('backup').description('copy all that is stored, while everything runs').addCommand(
    operating(new Command('create'))
      .description(
        'take a backup, and print where it is: a file of the data folder, or the ARN of a backup of the table',
      )
      .action(async (options: Operating) => {
        await operate(options, { operation: 'backup' });
      }),
  );
