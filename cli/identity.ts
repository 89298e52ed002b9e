// `muster identity`: tells a running Muster that two identities are one person, or are not, shows whose an id is, and which
// id an address has.
import { Command } from 'commander';
import { asked, reached, type Where } from './ask-api.ts';
import { type Deciding, deciding, leadIdNamed, whoever } from './decide.ts';
import { shownJson } from './foreign-text.ts';

const decisionCommand = (decision: 'merge' | 'separate', description: string): Command =>
  deciding(new Command(decision))
    .description(description)
    .argument('<a>', whoever)
    .argument('<b>', 'another')
    .action(async (a: string, b: string, { url, token, why, by }: Deciding) => {
      console.log(JSON.stringify(await asked({ url, token }, '/identity/decisions', { decision, a, b, by, why })));
    });

const showCommand = (): Command =>
  reached(new Command('show'))
    .description('show whose an id or an address is, and what was decided of it, as JSON')
    .argument('<id>', whoever)
    .action(async (id: string, where: Where) => {
      console.log(shownJson(await asked(where, `/api/leads/${leadIdNamed(id)}`)));
    });

const idCommand = (): Command =>
  new Command('id')
    .description(
      "print the ids of the leads with these addresses, one a line, as a mail's links name them; asks no server",
    )
    .argument('<address...>', 'e-mail addresses; nobody need have heard of them yet')
    .action((addresses: string[]) => {
      for (const id of addresses.map(leadIdNamed)) console.log(id);
    });

export const identityCommand = (): Command =>
  new Command('identity')
    .description('decide that two identities are one person, or are not')
    .addCommand(decisionCommand('merge', 'two identities are one person; of two people the first stays'))
    .addCommand(decisionCommand('separate', 'two identities are not one person: undoes a merge'))
    .addCommand(showCommand())
    .addCommand(idCommand());
