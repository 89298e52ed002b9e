// The tenant's very stack on one machine: MiniStack prepared and started, the CDK app synthesised, bootstrapped and
// deployed to it. `cloud` shows the steps; the end-to-end suite runs them silently.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Listr, type ListrTask } from 'listr2';
import { loadTenant } from '../../infra/tenant.ts';
import { bootstrap, deployStack, root, type StackOutputs, synthesise } from '../stack.ts';
import { answerPreflights, linkTo, retryAfter, signInAt } from './adjust.ts';
import { lambdaFailures } from './lambda-failures.ts';
import { freePort, type MiniStack, startMiniStack } from './ministack.ts';
import { preparePython } from './python.ts';

export interface LocalCloudOptions {
  /** Default `demo`. */
  tenant?: string;
  /** Where its file is, as an absolute path, if not with the project's own. */
  tenants?: string | undefined;
  /** Prints the steps; silent by default. */
  show?: boolean;
  /** An emulator that runs already; the default is AWS_ENDPOINT_URL, and without it MiniStack is started. */
  endpoint?: string | undefined;
  /** How long a message that failed waits; the default is the stack's (a minute or two). MiniStack only. */
  retrySeconds?: number | undefined;
  /** Entries other than `functions/lambda`, for trials of the stack. */
  functions?: string | undefined;
  /** Gives up, and leaves nothing running. */
  signal?: AbortSignal | undefined;
}

export interface LocalCloud {
  endpoint: string;
  outputs: StackOutputs;
  /** Base of the HTTP API, without a slash at its end; the host name AWS would give does not resolve here. */
  apiUrl: string;
  /** What the AWS SDK needs to find this cloud; to be put into process.env before clients are made. */
  environment: {
    AWS_ENDPOINT_URL: string;
    AWS_REGION: string;
    AWS_ACCESS_KEY_ID: string;
    AWS_SECRET_ACCESS_KEY: string;
  };
  /** Where the Lambdas' own output goes; undefined on an emulator this did not start. */
  logFile?: string | undefined;
  /** What failed in Lambdas so far. */
  lambdaFailures(): string[];
  stop(): Promise<void>;
}

const runs = join(root, '.muster', 'cloud');
const account = '000000000000';

/** Throws what the failing step threw, after ending everything that was started. */
export const startLocalCloud = async (options: LocalCloudOptions = {}): Promise<LocalCloud> => {
  const { tenant: name = 'demo', tenants, show = false, retrySeconds, functions, signal } = options;
  const { region } = loadTenant(name, tenants);
  const given = options.endpoint ?? process.env.AWS_ENDPOINT_URL;
  const port = await freePort();
  const endpoint = given ?? `http://127.0.0.1:${port}`;
  const folder = folderOfThisRun(port);
  const environment = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: (given && process.env.AWS_ACCESS_KEY_ID) || 'test',
    AWS_SECRET_ACCESS_KEY: (given && process.env.AWS_SECRET_ACCESS_KEY) || 'test',
  };
  const { AWS_PROFILE: _, ...ownEnvironment } = process.env;
  const env = { ...ownEnvironment, ...environment, CDK_DISABLE_CLI_TELEMETRY: 'true' };
  const running = { env, cwd: folder, signal };
  let python = '';
  let miniStack: MiniStack | undefined;
  let outputs: StackOutputs | undefined;

  // Meanwhile: it needs nothing of the cloud, and there are two cores. Its failure is told by the step that waits for it.
  const synthesis = synthesise({ tenant: name, tenants, folder, functions, localCloud: true, env, signal });
  synthesis.catch(() => {});

  const steps: ListrTask[] = [
    {
      title: 'Prepare Python and MiniStack',
      enabled: () => !given,
      task: async () => {
        python = await preparePython({ signal });
      },
    },
    {
      title: `Start MiniStack at ${endpoint}`,
      enabled: () => !given,
      task: async () => {
        miniStack = await startMiniStack({ python, port, region, folder, signal });
      },
    },
    {
      title: 'Prepare the account for the CDK',
      task: async () => {
        await bootstrap({ account, region }, running);
      },
    },
    {
      title: 'Bundle the functions and synthesise the stack',
      task: async () => {
        await synthesis;
      },
    },
    {
      title: `Deploy muster-${name}`,
      task: async () => {
        ({ outputs } = await deployStack({ tenant: name, folder, direct: true, env, signal }));
        if (miniStack) await answerPreflights(endpoint, outputs);
        if (miniStack) await linkTo(endpoint, outputs, apiUrlIn(endpoint, outputs));
        if (miniStack) await signInAt(endpoint, outputs, apiUrlIn(endpoint, outputs));
        if (miniStack && retrySeconds !== undefined) await retryAfter(endpoint, outputs, retrySeconds);
      },
    },
  ];

  const stop = async () => {
    await miniStack?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await (show ? new Listr(steps, shown) : new Listr(steps, silent)).run();
  } catch (error) {
    await miniStack?.stop();
    throw error;
  }
  return {
    endpoint,
    outputs: outputs!,
    apiUrl: apiUrlIn(endpoint, outputs!),
    environment,
    logFile: miniStack?.logFile,
    lambdaFailures: () => (miniStack ? lambdaFailures(readFileSync(miniStack.logFile, 'utf8')) : []),
    stop,
  };
};

/** An API's own host name may not resolve here. */
const apiUrlIn = (endpoint: string, { ApiId }: StackOutputs): string =>
  `${endpoint}/_aws/execute-api/${ApiId}/$default`;

// Listr's own handler for Ctrl-C would end the process before anything was stopped.
const silent = { renderer: 'silent', registerSignalListeners: false } as const;
// The error is told once, at the end, with what to do about it.
const shown = {
  renderer: 'default',
  fallbackRenderer: 'simple',
  rendererOptions: { showErrorMessage: false },
  registerSignalListeners: false,
} as const;

/** Each run has a folder, so that two can go on beside each other; those of runs that were killed are cleared away. */
const folderOfThisRun = (port: number): string => {
  mkdirSync(runs, { recursive: true });
  for (const run of readdirSync(runs)) {
    if (!isRunning(Number(run.split('-')[0]))) rmSync(join(runs, run), { recursive: true, force: true });
  }
  const folder = join(runs, `${process.pid}-${port}`);
  mkdirSync(folder);
  writeFileSync(join(folder, '.gitignore'), '*\n');
  return folder;
};

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
