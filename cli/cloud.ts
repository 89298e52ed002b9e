// `muster cloud`: the demo on the stack that would go to AWS, on this machine.
import { Command } from 'commander';
import { CommandError } from './command-error.ts';
import { type LocalCloud, startLocalCloud } from './local-cloud/local-cloud.ts';
import { PythonMissingError } from './local-cloud/python.ts';
import { nextStepAfter } from './next-step.ts';
import { tenantsOption } from './tenants-option.ts';

/** Loads the demo's playbook into the cloud's table and serves its site; resolves to the address to open. */
export type LoadDemo = (
  cloud: LocalCloud,
  tenants?: string,
) => Promise<{
  address: string;
  panel: string;
  tokens: { read: string; decision: string; operator: string };
  stop(): Promise<void>;
}>;

interface Options {
  tenant: string;
  tenants?: string;
  retrySeconds?: string;
  functions?: string;
}

export const cloudCommand = ({ loadDemo }: { loadDemo?: LoadDemo } = {}): Command =>
  new Command('cloud')
    .description('the demo on the stack that goes to AWS, deployed to a local cloud (needs Python 3.10 or later)')
    .option('--tenant <name>', 'the tenant, named as its file', 'demo')
    .addOption(tenantsOption())
    .option('--retry-seconds <seconds>', 'how long a message that failed waits, instead of the minutes of AWS')
    .option('--functions <folder>', "Lambda entries other than the project's, for trials of the stack")
    .action(async (options: Options) => {
      const interrupted = new AbortController();
      // The first Ctrl-C ends things in order; a second one ends them at once (the exit handler of ministack.ts).
      const interrupt = () => (interrupted.signal.aborted ? process.exit(130) : interrupted.abort());
      process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
      try {
        await runCloud(options, interrupted.signal, loadDemo);
      } catch (error) {
        if (interrupted.signal.aborted) process.exit(130);
        throw new CommandError(`\n${told(error)}`);
      }
      process.exit(0);
    });

const runCloud = async (options: Options, signal: AbortSignal, loadDemo?: LoadDemo): Promise<void> => {
  const { tenant, tenants, retrySeconds, functions } = options;
  const cloud = await startLocalCloud({
    ...{ tenant, tenants, functions, signal, show: true },
    retrySeconds: retrySeconds === undefined ? undefined : Number(retrySeconds),
  });
  try {
    Object.assign(process.env, cloud.environment);
    const demo = await loadDemo?.(cloud, tenants);
    if (demo) {
      console.log(`\nDemo site       ${demo.address}\nLive panel      ${demo.panel}`);
    }
    console.log(`${demo ? '' : '\n'}API             ${cloud.apiUrl}`);
    if (demo) {
      console.log(`Read token      ${demo.tokens.read}`);
      console.log(`Decision token  ${demo.tokens.decision}`);
      console.log(`Operator token  ${demo.tokens.operator}`);
    }
    console.log(`AWS endpoint    ${cloud.endpoint} (AWS_REGION=${cloud.environment.AWS_REGION})`);
    if (cloud.logFile) console.log(`Logs            ${cloud.logFile}`);
    console.log('Ctrl-C stops it; nothing is kept.');
    await untilAborted(signal);
    await demo?.stop();
  } finally {
    await cloud.stop();
  }
};

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    // An aborted signal no longer tells; a timer keeps the process alive until it does.
    if (signal.aborted) return resolve();
    const alive = setInterval(() => {}, 60_000);
    signal.addEventListener('abort', () => {
      clearInterval(alive);
      resolve();
    });
  });

const told = (error: unknown): string => {
  if (error instanceof PythonMissingError) return error.message;
  const message = error instanceof Error ? error.message : String(error);
  return `${message}\n\n${nextStepAfter(error, { region: 'local' })}`;
};
