// Reads a journal: one captured line of JSON each, as the events' schemas have them.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type Captured, captured } from '../events/catalogue.ts';
import { firstDelivered } from '../lib/domain/journal/union-of-lines.ts';
import { CommandError } from './command-error.ts';

const shownAtMost = 20;
const chunkBytes = 1 << 20;
const newline = 0x0a;

/** Opens a journal to read; who opens it closes it. Throws CommandError where there is none. */
export const openJournal = (path: string): number => {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandError(code === 'ENOENT' ? `${path}: there is no such file` : `${path}: cannot be read (${code})`);
  }
  if (!fstatSync(file).isDirectory()) return file;
  closeSync(file);
  throw new CommandError(`${path}: is a folder, not a journal`);
};

/** A pipe gives its lines once. Throws CommandError before any is taken from it. */
export const refusePipe = (path: string): void => {
  const file = openJournal(path);
  const isFile = fstatSync(file).isFile();
  closeSync(file);
  if (!isFile)
    throw new CommandError(`${path}: is read twice, so it must be a file; save what comes from a pipe to one`);
};

/** Texts of a file one by one, each with where it begins in bytes. Never more than a chunk and a line in memory. */
function* textsIn(file: number): Generator<{ text: string; offset: number }> {
  let buffer = Buffer.alloc(chunkBytes);
  let filled = 0;
  let offset = 0;
  for (let read = 1; read > 0; ) {
    if (filled === buffer.length) buffer = Buffer.concat([buffer, Buffer.alloc(buffer.length)]);
    read = readSync(file, buffer, filled, buffer.length - filled, null);
    filled += read;
    let from = 0;
    for (let to = buffer.indexOf(newline); to !== -1 && to < filled; to = buffer.indexOf(newline, from)) {
      yield { text: buffer.toString('utf8', from, to), offset: offset + from };
      from = to + 1;
    }
    buffer.copyWithin(0, from, filled);
    filled -= from;
    offset += from;
  }
  if (filled > 0) yield { text: buffer.toString('utf8', 0, filled), offset };
}

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

/** Hands over each line in the file's order, and where it begins in bytes. Throws CommandError naming the lines that cannot be
 * read, after the others. */
export const eachLine = (path: string, take: (line: Captured, offset: number) => void): void => {
  const file = openJournal(path);
  const complaints: string[] = [];
  let number = 0;
  let unread = 0;
  try {
    for (const { text, offset } of textsIn(file)) {
      number += 1;
      if (text.trim() === '') continue;
      const line = parseLine(text);
      if (typeof line !== 'string') take(line, offset);
      else if (++unread <= shownAtMost) complaints.push(`${path}:${number}: ${line}`);
    }
  } finally {
    closeSync(file);
  }
  if (unread === 0) return;
  const more = unread > shownAtMost ? [`… and ${unread - shownAtMost} more`] : [];
  throw new CommandError([...complaints, ...more].join('\n'));
};

/** Reads lines again by where they begin. They were parsed before. */
export const lineReader = (file: number): ((offset: number) => Captured) => {
  let buffer = Buffer.alloc(4_096);
  return (offset) => {
    for (;;) {
      const read = readSync(file, buffer, 0, buffer.length, offset);
      const end = buffer.subarray(0, read).indexOf(newline);
      if (end !== -1 || read < buffer.length) {
        return JSON.parse(buffer.toString('utf8', 0, end === -1 ? read : end)) as Captured;
      }
      buffer = Buffer.alloc(buffer.length * 2);
    }
  };
};

const byReceipt = (a: Captured, b: Captured): number =>
  a.receivedAt === b.receivedAt ? (a.id < b.id ? -1 : a.id > b.id ? 1 : 0) : a.receivedAt < b.receivedAt ? -1 : 1;

/** The distinct lines in the order they were received (ties by id), the first of each id. Throws CommandError naming the
 * lines that cannot be read; then nothing was replayed. */
export const readJournal = (path: string): Captured[] => {
  const byId = new Map<string, Captured>();
  eachLine(path, (line) => {
    const known = byId.get(line.id);
    byId.set(line.id, known === undefined ? line : firstDelivered(known, line));
  });
  return [...byId.values()].sort(byReceipt);
};
