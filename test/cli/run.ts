// The command as ops type it, in a process of its own, and files for it to read.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Captured } from '../../events/catalogue.ts';

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

const run = (program: string, args: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(program, args, { timeout: 60_000, maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });

export const muster = (...args: readonly string[]): Promise<Ended> => run('node', ['cli/muster.ts', ...args]);

/** A line for bash, in which a failing command fails the pipe it is in. */
export const shell = (command: string): Promise<Ended> => run('bash', ['-c', `set -o pipefail; ${command}`]);

/** A folder for the files of one test file, removed with all in it when that is over. */
export const temporaryFolder = (): { file: (name: string, text: string) => string; path: (name: string) => string } => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const path = (name: string): string => join(folder, name);
  return {
    path,
    file: (name, text) => {
      writeFileSync(path(name), text);
      return path(name);
    },
  };
};

/** A journal's text; lines that are text already stand as they are, to be wrong. */
export const journalOf = (lines: readonly (Captured | string)[]): string =>
  lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
