// What commands share by which somebody decides: who they are, why, and of whom they speak.
import type { Command } from 'commander';
import { subjectNamed } from '../lib/domain/journal/subjects.ts';
import { reachedToDecide, type Where } from './ask-api.ts';
import { CommandError } from './command-error.ts';

export interface Decider {
  why: string;
  by: string;
}
export type Deciding = Where & Decider;

export const deciding = (command: Command): Command =>
  reachedToDecide(command)
    .requiredOption('--why <text>', 'the reason, which is kept')
    .requiredOption('--by <name>', 'who decides, which is kept');

export const whoever = 'an e-mail address, or the id of a lead, a visitor or a CRM record';

/** The id, so that no address stands in a URL. */
export const leadIdNamed = (name: string): string => {
  const leadId = subjectNamed(name)?.leadId;
  if (leadId === undefined) throw new CommandError(`${name} is neither an e-mail address nor an id`);
  return leadId;
};
