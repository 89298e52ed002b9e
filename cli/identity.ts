// `muster identity`: tells a running Muster that two identities are one person, or are not, and shows whose an id is.
import { Command } from 'commander';
import { subjectNamed } from '../lib/domain/journal/sort-line.ts';
import { asked, reached, type Where } from './ask-api.ts';
import { CommandError } from './command-error.ts';

const decisionCommand = (decision: 'merge' | 'separate', description: string): Command =>
  reached(new Command(decision))
    .description(description)
    .argument('<a>', 'an e-mail address, or the id of a lead, a visitor or a CRM record')
    .argument('<b>', 'another')
    .requiredOption('--why <text>', 'the reason, which is kept')
    .requiredOption('--by <name>', 'who decides, which is kept')
    .action(async (a: string, b: string, { url, token, why, by }: Where & { why: string; by: string }) => {
      console.log(JSON.stringify(await asked({ url, token }, '/identity/decisions', { decision, a, b, by, why })));
    });

const showCommand = (): Command =>
  reached(new Command('show'))
    .description('show whose an id or an address is, and what was decided of it, as JSON')
    .argument('<id>', 'an e-mail address, or the id of a lead, a visitor or a CRM record')
    .action(async (id: string, where: Where) => {
      // By its id, so that no address stands in a URL.
      const leadId = subjectNamed(id)?.leadId;
      if (leadId === undefined) throw new CommandError(`${id} is neither an e-mail address nor an id`);
      console.log(JSON.stringify(await asked(where, `/api/leads/${leadId}`), null, 2));
    });

export const identityCommand = (): Command =>
  new Command('identity')
    .description('decide that two identities are one person, or are not')
    .addCommand(decisionCommand('merge', 'two identities are one person; of two people the first stays'))
    .addCommand(decisionCommand('separate', 'two identities are not one person: undoes a merge'))
    .addCommand(showCommand());
