// `muster start` as a process of its own, which can be killed and started again at the same address.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '..', '..', '..');

export interface Server {
  url: string;
  readToken: string;
  /** As a machine that loses its power: nothing is finished. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Resolves once it takes forms; throws when it ends before that. */
export const startServer = async ({
  data,
  playbook,
  port,
}: {
  data: string;
  playbook: string;
  port: number;
}): Promise<Server> => {
  const options = ['--data', data, '--playbook', playbook, '--port', String(port)];
  const child = spawn(process.execPath, ['cli/muster.ts', 'start', ...options], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const endNow = () => child.kill('SIGKILL');
  process.once('exit', endNow);
  const told = await toldBy(child);
  const end = async (signal: NodeJS.Signals) => {
    process.off('exit', endNow);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  return { url: told.API!, readToken: told['Read token']!, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
};

const toldBy = async (child: ChildProcess): Promise<Record<string, string>> => {
  const told: Record<string, string> = {};
  for await (const line of createInterface({ input: child.stdout! })) {
    const [, name, value] = /^(\S+(?: \S+)*)\s{2,}(\S+)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) told[name] = value;
    if (line.startsWith('Ctrl-C')) break;
  }
  if (told.API === undefined || told['Read token'] === undefined)
    throw new Error('muster start ended before it was ready');
  // Nobody reads on, and a full pipe would hold it up.
  child.stdout!.resume();
  return told;
};
