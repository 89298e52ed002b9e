// `muster export-person` and `muster erase-person`: what is held of somebody, and forgetting it.
import { Command, Option } from 'commander';
import * as z from 'zod';
import { asked, type Where } from '../ask-api.ts';
import { CommandError } from '../command-error.ts';
import type { Decider } from '../decide.ts';
import { shownJson } from '../foreign-text.ts';
import { type Operating, operate, operating, reachedToOperate } from './operation.ts';

interface Named {
  email?: string;
  lead?: string;
}

const naming = (command: Command): Command =>
  command
    .addOption(new Option('--email <address>', 'whose address it is').conflicts('lead'))
    .option('--lead <id>', 'any id of theirs: of the lead, a browser or a CRM record');

/** Throws CommandError unless one of both is given. */
const named = ({ email, lead }: Named): Named => {
  if (email === undefined && lead === undefined) throw new CommandError('give either --email or --lead');
  return email === undefined ? { lead: lead! } : { email };
};

const page = z.object({
  asOf: z.string(),
  ids: z.array(z.string()),
  found: z.array(z.object({ kind: z.string(), meaning: z.string(), items: z.array(z.unknown()) })),
  next: z.string().nullable(),
});

/** All pages as one document. */
const exported = async (where: Where, wants: object) => {
  const parts = new Map<string, { kind: string; meaning: string; items: unknown[] }>();
  let cursor: string | undefined;
  let first: z.infer<typeof page> | undefined;
  do {
    const read = page.parse(await asked(where, '/operations/export-person', { ...wants, cursor }));
    first ??= read;
    for (const { kind, meaning, items } of read.found) {
      const part = parts.get(kind) ?? { kind, meaning, items: [] };
      part.items.push(...items);
      parts.set(kind, part);
    }
    cursor = read.next ?? undefined;
  } while (cursor !== undefined);
  return { asOf: first.asOf, ids: first.ids, held: [...parts.values()] };
};

export const exportPersonCommand = (): Command =>
  naming(reachedToOperate(new Command('export-person')))
    .description(
      'print everything that is held of a person, with what each part means, as JSON; of anybody else nothing',
    )
    .requiredOption('--why <text>', 'the reason, which the audit log has somebody answer for')
    .requiredOption('--by <name>', 'who asks')
    .action(async ({ url, token, by, why, ...who }: Where & Decider & Named) => {
      console.log(shownJson(await exported({ url, token }, { ...named(who), by, why })));
    });

export const erasePersonCommand = (): Command =>
  naming(operating(new Command('erase-person')))
    .description('erase a person from all that is stored, and keep out what comes late; this cannot be taken back')
    .option('--lift', 'erases nothing: what the CRM says of the records of somebody who was erased is heard again')
    .action(async ({ lift, ...options }: Operating & Named & { lift?: true }) => {
      await operate(options, { operation: 'erase-person', ...named(options), lift });
    });
