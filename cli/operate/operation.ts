// What commands share by which a running Muster is mended: who asks and why, and waiting for what they asked to be done.
import { setTimeout } from 'node:timers/promises';
import { Command } from 'commander';
import * as z from 'zod';
import { asked, askedIfThere, reached, type Where } from '../ask-api.ts';
import { CommandError } from '../command-error.ts';
import type { Decider } from '../decide.ts';
import { shownJson, shownLine } from '../foreign-text.ts';
import { createProgress } from '../progress.ts';

export type Operating = Where & Decider & { wait: boolean };

export const reachedToOperate = (command: Command): Command => reached(command, 'an operator token');

export const operating = (command: Command): Command =>
  reachedToOperate(command)
    .requiredOption('--why <text>', 'the reason, which is kept')
    .requiredOption('--by <name>', 'who asks, which is kept')
    .option('--no-wait', 'prints the id of the operation at once, which goes on by itself');

const accepted = z.object({ operationId: z.string() });
const operation = z.looseObject({
  state: z.enum(['running', 'done', 'failed']),
  slices: z.number(),
  report: z.object({ counts: z.record(z.string(), z.number()), notes: z.array(z.string()).optional() }).optional(),
  failed: z.string().optional(),
});
export type SeenOperation = z.infer<typeof operation>;

const lookEveryMs = 300;

const countsText = ({ counts }: NonNullable<SeenOperation['report']>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

const over = async (where: Where, id: string): Promise<SeenOperation> => {
  const progress = createProgress();
  for (;;) {
    const found = await askedIfThere(where, `/operations/${encodeURIComponent(id)}`);
    const seen = found === undefined ? undefined : operation.parse(found);
    if (seen !== undefined && seen.state !== 'running') {
      progress.clear();
      return seen;
    }
    progress.tell(seen?.report === undefined ? 'waiting' : countsText(seen.report));
    await setTimeout(lookEveryMs);
  }
};

/** Asks for it and prints its report. Throws CommandError where it failed. */
export const operate = async ({ url, token, by, why, wait }: Operating, wants: object): Promise<void> => {
  const where = { url, token };
  const { operationId } = accepted.parse(await asked(where, '/operations', { ...wants, by, why }));
  if (!wait) {
    console.log(shownJson({ operationId }));
    console.error(`muster operation show ${operationId} --url <address> --token <token> says how far it is.`);
    return;
  }
  const seen = await over(where, operationId);
  console.log(shownJson({ operationId, ...seen.report }));
  if (seen.state === 'failed') throw new CommandError(`${operationId} failed: ${shownLine(seen.failed ?? 'unknown')}`);
};

export const operationCommand = (): Command =>
  new Command('operation').description('look at what was asked of a running Muster').addCommand(
    reachedToOperate(new Command('show'))
      .description('show how far an operation has come, who asked and why, and its report, as JSON')
      .argument('<id>', 'as --no-wait prints it')
      .action(async (id: string, where: Where) => {
        console.log(shownJson(await asked(where, `/operations/${encodeURIComponent(id)}`)));
      }),
  );
