// The command as ops type it, and files for it to read.
import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
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

let commands: ChildProcess | undefined;
let last: Promise<unknown> = Promise.resolve();

/** What `node cli/muster.ts` does with those arguments, run by a process that has the commands loaded already: loading them takes ten
 * times as long as most of what they do. One after the other. */
export const muster = (...args: readonly string[]): Promise<Ended> => {
  const answered = last.then(async () => {
    commands ??= fork(join(import.meta.dirname, 'commands-process.ts'), {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const over = new AbortController();
    const { signal } = over;
    const ended = once(commands, 'exit', { signal }).then(() => {
      throw new Error('the commands could not be loaded: what the process said stands above');
    });
    ended.catch(() => {});
    try {
      commands.send(args);
      return (await Promise.race([once(commands, 'message', { signal }), ended]))[0] as Ended;
    } finally {
      over.abort();
    }
  });
  last = answered.catch(() => {});
  return answered;
};
afterAll(() => {
  commands?.kill();
});

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
