// Each command is a file; this one only lists them, and runs the one that was typed.
import { Command } from 'commander';
import { attainmentCommand } from './attainment.ts';
import { auditCommand } from './audit.ts';
import { cloudCommand } from './cloud.ts';
import { CommandError } from './command-error.ts';
import { crmCommand } from './crm.ts';
import { deployCommand } from './deploy.ts';
import { destroyCommand } from './destroy.ts';
import { diffCommand } from './diff.ts';
import { shownLine } from './foreign-text.ts';
import { identityCommand } from './identity.ts';
import { importCommand } from './import.ts';
import { leadCommand } from './lead.ts';
import { loadDemo } from './load-demo.ts';
import { matchCommand } from './match.ts';
import { backupCommand } from './operate/backup.ts';
import { deadLettersCommand, redriveCommand } from './operate/dead-letters.ts';
import { operationCommand } from './operate/operation.ts';
import { erasePersonCommand, exportPersonCommand } from './operate/person.ts';
import { quarantineCommand } from './operate/quarantine.ts';
import { rebuildCommand } from './operate/rebuild.ts';
import { statusCommand } from './operate/status.ts';
import { playbookCommand } from './playbook.ts';
import { qualityCommand } from './quality.ts';
import { replayCommand } from './replay.ts';
import { reviewCommand } from './review.ts';
import { routingCommand } from './routing.ts';
import { scoreCommand } from './score.ts';
import { secretCommand } from './secret.ts';
import { startCommand } from './start.ts';
import { tenantCommand } from './tenant.ts';
import { userCommand } from './user.ts';

/** Made anew for each run: commander keeps what it parsed. */
export const createProgram = (): Command =>
  new Command('muster')
    .description('Muster: which accounts are ready to talk to, and somebody who talks to them in time')
    .showHelpAfterError()
    .addCommand(startCommand())
    .addCommand(statusCommand())
    .addCommand(userCommand())
    .addCommand(attainmentCommand())
    .addCommand(auditCommand())
    .addCommand(backupCommand())
    .addCommand(cloudCommand({ loadDemo }))
    .addCommand(crmCommand())
    .addCommand(deadLettersCommand())
    .addCommand(deployCommand())
    .addCommand(destroyCommand())
    .addCommand(diffCommand())
    .addCommand(erasePersonCommand())
    .addCommand(exportPersonCommand())
    .addCommand(identityCommand())
    .addCommand(importCommand())
    .addCommand(leadCommand())
    .addCommand(matchCommand())
    .addCommand(operationCommand())
    .addCommand(playbookCommand())
    .addCommand(qualityCommand())
    .addCommand(quarantineCommand())
    .addCommand(rebuildCommand())
    .addCommand(redriveCommand())
    .addCommand(replayCommand())
    .addCommand(reviewCommand())
    .addCommand(routingCommand())
    .addCommand(scoreCommand())
    .addCommand(secretCommand())
    .addCommand(tenantCommand());

/** Runs what was typed, `argv` as Node has it; what a command could not do is told on standard error. */
export const runCommand = async (argv: readonly string[]): Promise<void> => {
  try {
    await createProgram().parseAsync(argv);
  } catch (error) {
    if (!(error instanceof CommandError) && !(error instanceof Error && 'code' in error)) throw error;
    // It may quote what strangers typed: their control characters drive no terminal.
    console.error(error.message.split('\n').map(shownLine).join('\n'));
    process.exitCode = 1;
  }
};
