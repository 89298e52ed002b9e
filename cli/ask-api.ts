// Asks a running Muster, for the commands that work on one.
import { type Command, InvalidArgumentError, Option } from 'commander';
import * as z from 'zod';
import { CommandError } from './command-error.ts';

export interface Where {
  /** The API as `muster start` and `muster deploy` print it; it may end in a path. */
  url: string;
  token: string;
}

const problem = z.object({
  detail: z.string(),
  errors: z.array(z.object({ field: z.string(), detail: z.string() })).default([]),
});

/** In words, where it is a problem document. */
export const refusalIn = (text: string): string => {
  const read = problem.safeParse(/^\s*\{/.test(text) ? parsed(text) : undefined);
  if (!read.success) return text;
  const { detail, errors } = read.data;
  return [detail, ...errors.map(({ field, detail }) => `${field} ${detail}`)].join('\n  ');
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const answered = async ({ url, token }: Where, path: string, body?: object): Promise<Response> =>
  fetch(`${url.replace(/\/+$/, '')}${path}`, {
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  }).catch((error: Error) => {
    throw new CommandError(`${url} does not answer (${error.message})`);
  });

const documentIn = async (url: string, response: Response): Promise<unknown> => {
  const text = await response.text();
  if (!response.ok) throw new CommandError(`${url} answered ${response.status}: ${refusalIn(text)}`);
  return JSON.parse(text);
};

/** Answers the document. Throws CommandError where nobody answers, or refuses. */
export const asked = async (where: Where, path: string, body?: object): Promise<unknown> =>
  documentIn(where.url, await answered(where, path, body));

/** The same, and undefined as long as it is not there. */
export const askedIfThere = async (where: Where, path: string): Promise<unknown> => {
  const response = await answered(where, path);
  return response.status === 404 ? undefined : documentIn(where.url, response);
};

/** Said at once: a file of rows would else be tried on it for a minute. */
const address = (typed: string): string => {
  if (/^https?:\/\/[^/\s]+/.test(typed) && URL.canParse(typed)) return typed;
  throw new InvalidArgumentError('an address begins with http:// or https://.');
};

export const urlOption = (): Option =>
  new Option('--url <address>', 'the API, as `muster start` prints it').argParser(address).env('MUSTER_URL');

/** From the environment it is in no shell's history, and not among the processes that everybody on the machine may list. */
export const tokenOption = (what: string): Option => new Option('--token <token>', what).env('MUSTER_TOKEN');

/** `token`: which one it takes, for the help. */
export const reached = (command: Command, token = 'a read token'): Command =>
  command.addOption(urlOption().makeOptionMandatory()).addOption(tokenOption(token).makeOptionMandatory());

/** Of what changes something. */
export const reachedToDecide = (command: Command): Command =>
  reached(command, 'a decision token; a read token only looks');
