// The MiniStack process: on a free loopback port, with Lambdas on this project's Node, and surely ended.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '../stack.ts';

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('The loopback interface gives no port.');
  return address.port;
};

export interface MiniStack {
  endpoint: string;
  /** Its log, which also holds what the Lambdas print. */
  logFile: string;
  stop(): Promise<void>;
}

export interface MiniStackOptions {
  python: string;
  port: number;
  region: string;
  folder: string;
  signal?: AbortSignal | undefined;
}

const startWithinSeconds = 30;

/** Resolves once it answers; throws with the end of its log when it does not. */
export const startMiniStack = async (options: MiniStackOptions): Promise<MiniStack> => {
  const { python, port, region, folder, signal } = options;
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary, { recursive: true });
  // MiniStack's Lambda worker is a CommonJS `.js`, which this project's package.json would make a module.
  writeFileSync(join(temporary, 'package.json'), '{ "type": "commonjs" }\n');
  const logFile = join(folder, 'ministack.log');
  const log = openSync(logFile, 'a');
  const child = spawn(python, [join(import.meta.dirname, 'serve.py')], {
    // A group of its own: Ctrl-C in the terminal reaches this process only, which then ends things in order.
    detached: true,
    stdio: ['ignore', log, log],
    env: {
      ...withoutAws(process.env),
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      // Names under localhost do not resolve everywhere; queue URLs and the like then carry the address.
      MINISTACK_HOST: '127.0.0.1',
      MINISTACK_REGION: region,
      // Lambdas run on the first `node` on the PATH, and must get the one this project pins.
      PATH: [join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter),
      TMPDIR: temporary,
      // Workers are kept: after five idle minutes the next visitor would wait for nine cold starts in a row.
      LAMBDA_WARM_TTL_SECONDS: '86400',
      // MiniStack's own Lambda worker calls something Node has deprecated, and says so in every log.
      NODE_NO_WARNINGS: '1',
      PYTHONUNBUFFERED: '1',
    },
  });
  const endGroupNow = () => endGroup(child, 'SIGKILL');
  process.once('exit', endGroupNow);
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      endGroup(child, 'SIGTERM');
      await Promise.race([ended, wait(3_000, undefined, { ref: false })]);
    }
    // Whatever the worker processes are doing, nothing is left of the group.
    endGroupNow();
    process.off('exit', endGroupNow);
  };
  const endpoint = `http://127.0.0.1:${port}`;
  try {
    await answering(child, endpoint, signal);
  } catch (error) {
    await stop();
    const tail = readFileSync(logFile, 'utf8').trim().split('\n').slice(-12).join('\n');
    throw new Error(`${error instanceof Error ? error.message : error}\n${tail}\nThe whole log is ${logFile}`);
  }
  return { endpoint, logFile, stop };
};

const answering = async (child: ChildProcess, endpoint: string, signal?: AbortSignal): Promise<void> => {
  const until = Date.now() + startWithinSeconds * 1_000;
  while (Date.now() < until) {
    signal?.throwIfAborted();
    if (child.exitCode !== null) throw new Error(`MiniStack ended at once, with exit code ${child.exitCode}:`);
    // Refused until it listens: that is what is being waited for.
    const answered = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    if (answered?.ok) return;
    await wait(50);
  }
  throw new Error(`MiniStack did not answer within ${startWithinSeconds} s:`);
};

const endGroup = (child: ChildProcess, how: NodeJS.Signals): void => {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, how);
  } catch (error) {
    // Nobody left to end.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};

/** A developer's profile and endpoints are for AWS, and would be handed on to every Lambda. */
const withoutAws = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('AWS_')));
