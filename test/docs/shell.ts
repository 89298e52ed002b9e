// Runs the documentation's commands as a reader would, by a shell in the repository's root.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '../architecture/house.ts';
import type { Documented } from './run-by.ts';

// As on a machine that has nothing of AWS; a cloud that happens to be named would be used.
const environment = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !name.startsWith('AWS_') && !name.startsWith('VITEST') && name !== 'NODE_ENV',
  ),
);

interface Running {
  child: ChildProcess;
  output(): string;
  /** What it printed on standard output alone. */
  printed(): string;
}

/** `more` is put behind the command, to keep a test's state out of the reader's. */
const run = (command: Documented, more: string): Running => {
  // A group of its own, which Ctrl-C reaches as a whole, as in a terminal.
  const child = spawn('bash', ['-c', `exec ${command} ${more}`], { cwd: root, env: environment, detached: true });
  let output = '';
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk;
    printed += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk;
  });
  return { child, output: () => output, printed: () => printed };
};

const interrupt = ({ child }: Running): void => {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
    process.kill(-child.pid, 'SIGINT');
};

/** Standard output of a command that ends by itself, and well. */
export const outputOf = async (command: Documented, more = ''): Promise<string> => {
  const running = run(command, more);
  const [code] = await once(running.child, 'close');
  if (code !== 0) throw new Error(`${command} ended with ${code}:\n${running.output()}`);
  return running.printed();
};

export interface Served {
  demoSite: string;
  livePanel: string;
  /** What it printed behind that name, so far. */
  told(what: string): string | undefined;
  /** From typing the command to the demo site's address. */
  seconds: number;
  /** Ctrl-C; resolves to the exit code. */
  stop(): Promise<number>;
}

/** Runs a command that serves until Ctrl-C, and answers once it has told the addresses. */
export const serve = async (command: Documented, withinSeconds: number, more = ''): Promise<Served> => {
  const began = performance.now();
  const running = run(command, more);
  const closed = once(running.child, 'close');
  const told = (what: string): string | undefined => new RegExp(`^${what} +(\\S+)`, 'm').exec(running.printed())?.[1];
  while (told('Demo site') === undefined || told('Live panel') === undefined) {
    const over = performance.now() - began > withinSeconds * 1_000;
    if (running.child.exitCode !== null || over) {
      interrupt(running);
      throw new Error(
        `${command} told no address ${over ? `in ${withinSeconds} s` : 'and ended'}:\n${running.output()}`,
      );
    }
    await wait(25);
  }
  return {
    demoSite: told('Demo site')!,
    livePanel: told('Live panel')!,
    told,
    seconds: (performance.now() - began) / 1_000,
    stop: async () => {
      interrupt(running);
      const [code] = await closed;
      return Number(code);
    },
  };
};
