// Reads a journal: one captured line of JSON each, as the events' schemas have them.
import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Captured, captured } from '../events/catalogue.ts';
import { CommandError } from './command-error.ts';

const shownAtMost = 20;

/** The distinct lines in the order they were received (ties by id), the first of each id. Throws CommandError naming the
 * lines that cannot be read; then nothing was replayed. */
export const readJournal = async (path: string): Promise<Captured[]> => {
  if (!existsSync(path)) throw new CommandError(`${path}: there is no such file`);
  const byId = new Map<string, Captured>();
  const complaints: string[] = [];
  let number = 0;
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (text.trim() === '') continue;
    const line = parseLine(text);
    if (typeof line === 'string') complaints.push(`${path}:${number}: ${line}`);
    else byId.set(line.id, earlier(byId.get(line.id), line));
  }
  if (complaints.length > 0) {
    const more = complaints.length > shownAtMost ? [`… and ${complaints.length - shownAtMost} more`] : [];
    throw new CommandError([...complaints.slice(0, shownAtMost), ...more].join('\n'));
  }
  return [...byId.values()].sort(byReceipt);
};

const parseLine = (text: string): Captured | string => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `not JSON: ${(error as Error).message}`;
  }
  const parsed = captured.safeParse(value);
  return parsed.success
    ? parsed.data
    : parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'line'}: ${message}`).join('; ');
};

const byReceipt = (a: Captured, b: Captured): number =>
  a.receivedAt === b.receivedAt ? (a.id < b.id ? -1 : a.id > b.id ? 1 : 0) : a.receivedAt < b.receivedAt ? -1 : 1;

const earlier = (known: Captured | undefined, heard: Captured): Captured => {
  if (known === undefined) return heard;
  const order = byReceipt(known, heard) || (JSON.stringify(known) <= JSON.stringify(heard) ? -1 : 1);
  return order < 0 ? known : heard;
};
