// `muster secret`: what secrets a tenant has, and replacing one: the new one beside the old one first, then the new one alone.
import { text as textOf } from 'node:stream/consumers';
import { Argument, Command } from 'commander';
import type { LiveSecret } from '../lib/ports.ts';
import { finish, type Refusal, rotate } from '../lib/steps/rotate-secret.ts';
import { CommandError } from './command-error.ts';
import { shownLine } from './foreign-text.ts';
import type { SecretKind } from './secret/kinds.ts';
import { openFolder } from './secret/open-folder.ts';
import { openStack } from './secret/open-stack.ts';
import type { OpenedSecrets } from './secret/opened.ts';
import { tenantsOption } from './tenants-option.ts';
import { typist } from './typist.ts';

interface Where {
  tenant?: string;
  tenants?: string;
  data?: string;
}
interface Rotation extends Where {
  finish?: boolean;
  force?: boolean;
  stdin?: boolean;
}

const opened = async ({ tenant, tenants, data }: Where): Promise<OpenedSecrets> => {
  if ((tenant === undefined) === (data === undefined))
    throw new CommandError(
      'Say whose secrets: --tenant <name> of a deployed tenant, or --data <folder> of muster start',
    );
  return data === undefined ? openStack(tenant!, tenants) : openFolder(data);
};

const reached = (command: Command): Command =>
  command
    .option('--tenant <name>', 'of a deployed tenant, named as its file')
    .addOption(tenantsOption())
    .option('--data <folder>', 'of what muster start runs, with its state in this folder');

const listCommand = (): Command =>
  reached(new Command('list'))
    .description('list the secrets there are, and of how many values each is now; prints none of them')
    .action(async (where: Where) => {
      const { kinds, secrets } = await opened(where);
      const rows = await Promise.all(
        Object.entries(kinds).map(async ([name, { what }]) => [name, stateOf(await secrets.read(name)), what] as const),
      );
      const width = (column: 0 | 1): number => Math.max(...rows.map((row) => row[column].length));
      for (const [name, state, what] of rows)
        console.log(shownLine(`${name.padEnd(width(0))}  ${state.padEnd(width(1))}  ${what}`));
    });

const stateOf = ({ values, rotatedAt }: LiveSecret): string => {
  if (values.length > 1) return `${values.length} values since ${rotatedAt ?? 'nobody knows when'}`;
  return values.length === 1 ? '1 value' : 'no value yet';
};

/** In words, with what to do about it. */
const refusal = (name: string, refused: Refusal, { typed }: OpenedSecrets): CommandError => {
  const command = `muster secret rotate ${name} ${typed}`;
  switch (refused.refused) {
    case 'underway':
      return new CommandError(
        `${name} is being replaced since ${refused.since ?? 'nobody knows when'}: end that first with ${command} --finish. With --force one more value is put before those there are.`,
      );
    case 'same':
      return new CommandError(`${name} has that value already: nothing was changed.`);
    case 'single':
      return new CommandError(`${name} has no older value to be dropped: begin with ${command}`);
    case 'early':
      return new CommandError(
        refused.until === undefined
          ? `Nobody wrote down since when ${name} has several values. With --force all but the first are dropped.`
          : `The old value of ${name} may be needed until ${refused.until}: nothing was changed. With --force it is dropped now.`,
      );
  }
};

const newValueOf = async (name: string, kind: SecretKind, { stdin = false }: Rotation): Promise<string> => {
  if (!stdin) {
    if (kind.make !== undefined) return kind.make();
    throw new CommandError(`${kind.madeBy} makes the value of ${name}: give it on standard input, with --stdin`);
  }
  if (kind.faultOf === undefined) throw new CommandError(`The value of ${name} is made here: leave --stdin out`);
  const value = (await textOf(process.stdin)).replace(/\r?\n$/, '');
  const fault = value === '' ? 'it is empty' : kind.faultOf(value);
  if (fault !== undefined) throw new CommandError(`The value on standard input cannot be one of ${name}: ${fault}`);
  return value;
};

const minutes = (ms: number): string => `${ms / 60_000} minutes`;

const begin = async (name: string, kind: SecretKind, at: OpenedSecrets, options: Rotation): Promise<void> => {
  const value = await newValueOf(name, kind, options);
  const now = new Date();
  const turn = { name, value, force: options.force ?? false, who: typist(), now: now.toISOString() };
  const done = await rotate(at, turn);
  if ('refused' in done) throw refusal(name, done, at);
  const isTold = kind.travels === 'told' && !options.stdin;
  if (isTold) console.log(value);
  const known = new Date(now.getTime() + at.keptMs).toISOString();
  const isAlone = done.values.length === 1;
  const said = [
    `${name}: the new value is ${isAlone ? 'the only one' : 'live, and the old one beside it'}.${isTold ? ' It is printed this once.' : ''}`,
    ...(at.keptMs > 0 ? [`Functions know it ${minutes(at.keptMs)} from now, at ${known}.`] : []),
    `${kind.travels === 'itself' ? '' : at.keptMs > 0 ? 'Not before then: ' : 'Now: '}${kind.next}.`,
    ...(isAlone
      ? []
      : [
          'When nobody uses the old one any more (docs/how-to/secrets.md says how to see that):',
          `  npm run -s muster -- secret rotate ${name} ${at.typed} --finish`,
        ]),
  ];
  console.error(said.join('\n'));
};

const end = async (name: string, kind: SecretKind, at: OpenedSecrets, options: Rotation): Promise<void> => {
  if (options.stdin) throw new CommandError('Nothing is read with --finish: leave --stdin out');
  const { force = false } = options;
  if (!force) {
    const { values, rotatedAt } = await at.secrets.read(name);
    const why = values.length > 1 ? await at.stillNeeded?.(name, rotatedAt) : undefined;
    if (why !== undefined)
      throw new CommandError(`${why}. Nothing was changed; with --force the old one is dropped all the same.`);
  }
  const waitMs = at.keptMs + kind.neededMs;
  const done = await finish(at, { name, force, waitMs, who: typist(), now: new Date().toISOString() });
  if ('refused' in done) throw refusal(name, done, at);
  const when = at.keptMs > 0 ? ` within ${minutes(at.keptMs)}` : '';
  console.error(`${name}: the newest value is the only one; others are refused${when || ' from now on'}.`);
};

const rotateCommand = (): Command =>
  reached(new Command('rotate'))
    .description('replace a secret: the new value is live at once, the old one until --finish')
    .addArgument(new Argument('<name>', 'which, as muster secret list has it'))
    .option('--finish', 'drop the old value: the new one alone is taken')
    .option('--stdin', 'read the new value from standard input, where somebody else makes it')
    .option('--force', 'go on where it is too early, or where it is being replaced already')
    .action(async (name: string, options: Rotation) => {
      const at = await opened(options);
      const kind = Object.hasOwn(at.kinds, name) ? at.kinds[name] : undefined;
      if (kind === undefined)
        throw new CommandError(
          at.elsewhere?.(name) ?? `There is no secret ${name} here. There are: ${Object.keys(at.kinds).join(', ')}`,
        );
      await (options.finish ? end : begin)(name, kind, at, options);
    });

export const secretCommand = (): Command =>
  new Command('secret')
    .description('list a tenant’s secrets and replace them, two values live at once while that lasts')
    .addCommand(listCommand())
    .addCommand(rotateCommand());
