// `muster crm`: has the CRM itself merge two of its records or convert a lead of its own, by way of a running Muster, and shows what
// became of it.
import { setTimeout } from 'node:timers/promises';
import { Argument, Command, InvalidArgumentError } from 'commander';
import * as z from 'zod';
import { asked, askedIfThere, reached, type Where } from './ask-api.ts';
import { CommandError } from './command-error.ts';
import { type Deciding, deciding } from './decide.ts';
import { shownJson } from './foreign-text.ts';

type Asking = Deciding & { connection: string; readToken?: string; wait: number };

const accepted = z.object({ id: z.string(), at: z.string() });
const outcome = z.looseObject({
  state: z.enum(['waiting', 'written', 'gone', 'refused']),
  detail: z.string().optional(),
  at: z.string(),
});
type Outcome = z.infer<typeof outcome>;

const lookEveryMs = 500;
const pathOf = (id: string): string => `/api/crm-requests/${encodeURIComponent(id)}`;

/** What came to nothing when it was asked before is no answer to this asking. */
const isOver = ({ state, at }: Outcome, askedAt: string): boolean =>
  state === 'written' || (state !== 'waiting' && at >= askedAt);

/** As it stands when it is over, or the seconds are; undefined as long as nobody has taken it from its queue. */
const awaited = async (where: Where, { id, at }: z.infer<typeof accepted>, seconds: number) => {
  const until = Date.now() + seconds * 1_000;
  for (;;) {
    const found = await askedIfThere(where, pathOf(id));
    const seen = found === undefined ? undefined : outcome.parse(found);
    if ((seen !== undefined && isOver(seen, at)) || Date.now() >= until) return seen;
    await setTimeout(lookEveryMs);
  }
};

const later = (id: string): string =>
  `muster crm show ${id} --url <address> --token <read token> says what becomes of it.`;

/** Prints what is known in the end. Throws CommandError where the CRM did not do it. */
const ask = async (options: Asking, wants: object): Promise<void> => {
  const { url, token, connection, by, why, readToken, wait } = options;
  const taken = accepted.parse(await asked({ url, token }, '/crm-requests', { ...wants, connection, by, why }));
  const { id } = taken;
  if (readToken === undefined) {
    console.log(shownJson({ id }));
    console.error(`It is queued. ${later(id)}`);
    return;
  }
  const seen = await awaited({ url, token: readToken }, taken, wait);
  console.log(shownJson(seen ?? { id, state: 'waiting' }));
  if (seen?.state === 'gone' || seen?.state === 'refused') throw new CommandError(`${connection}: ${seen.detail}`);
  if (seen?.state !== 'written') console.error(`Not yet: ${seen?.detail ?? 'it is queued'}. ${later(id)}`);
};

const secondsFrom = (text: string): number => {
  const seconds = Number(text);
  if (text.trim() === '' || !(seconds >= 0 && seconds <= 3_600))
    throw new InvalidArgumentError('from 0 to 3600 seconds.');
  return seconds;
};

const asking = (command: Command): Command =>
  deciding(command)
    .requiredOption('--connection <name>', 'the connection, as the tenant file names it')
    .option('--read-token <token>', 'waits for what becomes of it, and prints that')
    .option('--wait <seconds>', 'how long at most', secondsFrom, 30);

const mergeCommand = (): Command =>
  asking(new Command('merge'))
    .description('have the CRM merge one of its records into another. In the CRM this cannot be undone')
    .addArgument(new Argument('<object>', 'what they are').choices(['person', 'account']))
    .argument('<into>', 'the id in the CRM of the record that stays')
    .argument('<from>', 'the id in the CRM of the record that is merged into it')
    .action(async (object: string, into: string, from: string, options: Asking) => {
      if (into === from) throw new CommandError(`${into} cannot be merged into itself`);
      await ask(options, { call: 'merge', object, into, from });
    });

const convertCommand = (): Command =>
  asking(new Command('convert'))
    .description('have Salesforce convert a lead of its own into a contact. In Salesforce this cannot be undone')
    .argument('<lead>', 'the id of the lead in Salesforce')
    .option('--account <id>', 'the id in Salesforce of the account the contact is to be of; without it one is made')
    .action(async (lead: string, options: Asking & { account?: string }) => {
      await ask(options, { call: 'convert', lead, account: options.account });
    });

const showCommand = (): Command =>
  reached(new Command('show'))
    .description('show what became of what a CRM was asked to do, who asked and why, as JSON')
    .argument('<id>', 'as merge and convert print it')
    .action(async (id: string, where: Where) => {
      console.log(shownJson(await asked(where, pathOf(id))));
    });

export const crmCommand = (): Command =>
  new Command('crm')
    .description('have a CRM merge two of its records, or convert a lead of its own, by its own calls')
    .addHelpText(
      'after',
      '\n`muster identity merge` merges in Muster alone, and can be taken back; no CRM hears of it.',
    )
    .addCommand(mergeCommand())
    .addCommand(convertCommand())
    .addCommand(showCommand());
