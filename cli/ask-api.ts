// Asks a running Muster, for the commands that work on one.
import type { Command } from 'commander';
import { CommandError } from './command-error.ts';

export interface Where {
  /** The API as `muster start` and `muster deploy` print it; it may end in a path. */
  url: string;
  token: string;
}

/** Answers the document. Throws CommandError where nobody answers, or refuses. */
export const asked = async ({ url, token }: Where, path: string, body?: object): Promise<unknown> => {
  const response = await fetch(`${url.replace(/\/+$/, '')}${path}`, {
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  }).catch((error: Error) => {
    throw new CommandError(`${url} does not answer (${error.message})`);
  });
  const text = await response.text();
  if (!response.ok) throw new CommandError(`${url} answered ${response.status}: ${text}`);
  return JSON.parse(text);
};

export const urlOption = ['--url <address>', 'the API, as `muster start` prints it'] as const;
export const tokenOption = ['--token <token>', 'a read token'] as const;

export const reached = (command: Command): Command =>
  command.requiredOption(...urlOption).requiredOption(...tokenOption);
