// Synthesising, bootstrapping and deploying one tenant's stack: what `deploy` and `cloud` have in common.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { deployFirewall } from './firewall.ts';
import { ProgramError, type Run, run } from './program.ts';

export const root = join(import.meta.dirname, '..');
const cdk = join(root, 'node_modules', 'aws-cdk', 'bin', 'cdk');

/** Where a tenant's cloud assembly and bundles are put. */
export const folderOf = (tenant: string): string => join(root, '.muster', 'deploy', tenant);

/** What programs that deploy a tenant need to know of where it goes. */
export const environmentOf = ({ region }: { region: string }): NodeJS.ProcessEnv => ({
  ...process.env,
  AWS_REGION: region,
});

/** What the stack says of itself once deployed: the outputs of infra/tenant-stack.ts. */
const stackOutputs = z
  .object({
    Tenant: z.string(),
    Region: z.string(),
    ApiId: z.string(),
    ApiUrl: z.string(),
    TableName: z.string(),
    BusName: z.string(),
    ScheduleGroup: z.string(),
    TimersRoleArn: z.string(),
    TimersQueueArn: z.string(),
    CrmSecretId: z.string(),
    ReadSecretId: z.string(),
    DecisionSecretId: z.string(),
    OperatorSecretId: z.string(),
    UserPoolId: z.string(),
    UserPoolClientId: z.string(),
    SignInUrl: z.string(),
    PanelUrl: z.string(),
    PromptQueueUrl: z.string(),
    PromptDeadLettersUrl: z.string(),
    HitsQueueUrl: z.string(),
    HitsDeadLettersUrl: z.string(),
    AssessQueueUrl: z.string(),
    AssessDeadLettersUrl: z.string(),
    RouteQueueUrl: z.string(),
    RouteDeadLettersUrl: z.string(),
    SlaQueueUrl: z.string(),
    SlaDeadLettersUrl: z.string(),
    TimersQueueUrl: z.string(),
    TimersDeadLettersUrl: z.string(),
    NotifyQueueUrl: z.string(),
    NotifyDeadLettersUrl: z.string(),
    PublishDeadLettersUrl: z.string(),
  })
  .catchall(z.string());
export type StackOutputs = z.infer<typeof stackOutputs>;

export interface Synthesis extends Run {
  tenant: string;
  /** Whatever its file says: to have all of it deleted. */
  keepData?: boolean | undefined;
  /** Where its file is, as an absolute path, if not with the project's own. */
  tenants?: string | undefined;
  /** A folder of its own; the cloud assembly and the bundles are put in it. */
  folder: string;
  /** Entries other than `functions/lambda`, for trials of the stack. */
  functions?: string | undefined;
  /** Leaves out what a local cloud cannot do; infra/tenant-stack.ts says what that is. */
  localCloud?: boolean;
}

const assemblyIn = (folder: string) => join(folder, 'cdk.out');

/** Bundles and synthesises, in a process of its own: CDK's libraries then never load into this one.
 * Run directly rather than by the CDK CLI, which would start, synthesise and look around for twice as long. */
export const synthesise = async ({
  tenant,
  tenants,
  folder,
  functions,
  localCloud = false,
  keepData,
  env = process.env,
  signal,
}: Synthesis): Promise<string> => {
  mkdirSync(folder, { recursive: true });
  const context = {
    tenant,
    bundles: join(folder, 'bundles'),
    localCloud: String(localCloud),
    ...(tenants && { tenants }),
    ...(keepData !== undefined && { keepData: String(keepData) }),
    ...(functions && { functions }),
  };
  await run(process.execPath, [join(root, 'infra', 'app.ts')], {
    cwd: root,
    signal,
    env: {
      ...env,
      CDK_OUTDIR: assemblyIn(folder),
      CDK_CONTEXT_JSON: JSON.stringify({ ...contextOfCdkJson(), ...context }),
    },
  });
  return assemblyIn(folder);
};

const contextOfCdkJson = () =>
  z
    .object({ context: z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'))).context;

// Quiet and without asking: these run in a pipeline as often as by hand.
const quiet = ['--no-notices', '--no-color', '--ci'];

/** Prepares account and region for the CDK: those of what was synthesised into `folder`, or those named, which need not wait for it. */
export const bootstrap = (
  where: { folder: string } | { account: string; region: string },
  { env, cwd, signal }: Run,
): Promise<string> => {
  const target = 'folder' in where ? ['--app', assemblyIn(where.folder)] : [`aws://${where.account}/${where.region}`];
  return run(process.execPath, [cdk, 'bootstrap', ...target, ...quiet], { env, cwd, signal });
};

export interface Deployment extends Run {
  tenant: string;
  folder: string;
  /** Without a change set: quicker, and nobody is there to look at one. */
  direct: boolean;
}

export interface Deployed {
  outputs: StackOutputs;
  /** Not where the stack was so already. */
  changed: boolean;
}

/** Deploys what was synthesised into `folder`. */
export const deployStack = async ({ tenant, folder, direct, env, signal }: Deployment): Promise<Deployed> => {
  const outputsFile = join(folder, 'outputs.json');
  const stack = `muster-${tenant}`;
  const deploy = (name: string, outputs: string, parameters: readonly string[] = []) =>
    run(
      process.execPath,
      [
        ...[cdk, 'deploy', name, '--app', assemblyIn(folder), '--outputs-file', outputs, ...parameters],
        ...['--require-approval', 'never', '--method', direct ? 'direct' : 'change-set', ...quiet],
      ],
      { env, cwd: folder, signal },
    ).catch((error: unknown) => {
      throw error instanceof ProgramError
        ? new ProgramError(`Deploying ${name} failed`, causesIn(error.output))
        : error;
    });
  const parameters = await deployFirewall({ tenant, folder, deploy });
  const printed = await deploy(stack, outputsFile, parameters);
  const outputs = z.record(z.string(), stackOutputs).parse(JSON.parse(readFileSync(outputsFile, 'utf8')))[stack]!;
  return { outputs, changed: !printed.includes(`${stack} (no changes)`) };
};

/** Makes a stack of what an earlier one left, by a file that says which resource each is; deploying adds the rest. */
export const takeOver = ({ tenant, folder, mapping, env }: Omit<Deployment, 'direct'> & { mapping: string }) =>
  run(
    process.execPath,
    [
      ...[cdk, 'import', `muster-${tenant}`, '--app', assemblyIn(folder), '--resource-mapping', mapping, '--force'],
      ...quiet,
    ],
    { env, cwd: folder },
  );

/** What differs between what was synthesised into `folder` and what is deployed. By the templates alone: to ask the cloud for a
 * change set would leave a stack to be reviewed where there is none. */
export const diffStack = ({ tenant, folder, env, signal }: Omit<Deployment, 'direct'>): Promise<string> =>
  run(
    process.execPath,
    [cdk, 'diff', `muster-${tenant}`, '--app', assemblyIn(folder), '--method', 'template', ...quiet],
    { env, cwd: folder, signal },
  );

/** The lines that say why, out of the hundreds that say how far it had come. */
const causesIn = (output: string): string => {
  const causes = output.split('\n').filter((line) => /_FAILED|❌|Error/.test(line) && !/DELETE_/.test(line));
  return causes.length > 0 ? causes.join('\n') : output;
};
