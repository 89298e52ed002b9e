// `muster identity`: tells a running Muster that two identities are one person, or are not, and shows whose an id is.
import { Command } from 'commander';
import { subjectNamed } from '../lib/domain/journal/sort-line.ts';
import { CommandError } from './command-error.ts';

interface Where {
  url: string;
  token: string;
}

const asked = async ({ url, token }: Where, path: string, body?: object): Promise<unknown> => {
  const response = await fetch(new URL(path, url), {
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  }).catch((error: Error) => {
    throw new CommandError(`${url} does not answer (${error.message})`);
  });
  const text = await response.text();
  if (!response.ok) throw new CommandError(`${url} answered ${response.status}: ${text}`);
  return JSON.parse(text);
};

const reached = (command: Command): Command =>
  command
    .requiredOption('--url <address>', 'the API, as `muster start` prints it')
    .requiredOption('--token <token>', 'a read token');

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
