// `muster import`: takes a list into a running Muster, in either edition: accounts, leads, opportunities, contracts, or touches from
// where no tracker was. The same file again changes nothing.
import { readFileSync, statSync } from 'node:fs';
import { Argument, Command, InvalidArgumentError } from 'commander';
import { noMap, type Plan, planOf, readColumnMap } from '../lib/domain/import/column-map.ts';
import { type ListKind, type ListName, listKinds, type RowContext } from '../lib/domain/import/kinds.ts';
import { readRow } from '../lib/domain/import/read-row.ts';
import { complaintsText } from '../lib/domain/yaml-document.ts';
import { tokenOption, urlOption, type Where } from './ask-api.ts';
import { CommandError } from './command-error.ts';
import { csvRecords } from './csv-records.ts';
import { createRefused, type Refused, toldOnly } from './import/refused.ts';
import { createSender, type Sender } from './import/send.ts';
import { momentForms, momentOption } from './moment-option.ts';
import { createProgress } from './progress.ts';

interface Options extends Partial<Where> {
  map?: string;
  connection: string;
  asOf?: string;
  fromLine: number;
  dryRun?: true;
}

/** Done, and something is left to somebody: neither 0, which says all is in, nor 1, which says it did not work. */
const someRefused = 2;

const nobody: Sender = { add: async () => undefined, end: async () => undefined, sentUpTo: () => 0 };

const senderOf = ({ url, token, dryRun, connection }: Options, { posted }: ListKind): Sender => {
  if (dryRun) return nobody;
  if (url === undefined || token === undefined) {
    throw new CommandError('name the running Muster by --url and --token, or only look with --dry-run');
  }
  const head = posted === 'changes' ? `{"connection":${JSON.stringify(connection)},"changes":[` : '{"touches":[';
  return createSender({ url, token }, `/import/${posted}`, (items) => `${head}${items.join(',')}]}`);
};

const planFor = (file: string, kind: ListKind, header: readonly string[], { map }: Options): Plan => {
  let columns = noMap;
  if (map !== undefined) {
    const reading = readColumnMap(textOf(map), kind, header);
    if ('complaints' in reading) throw new CommandError(complaintsText(map, reading.complaints));
    columns = reading.value;
  }
  const planned = planOf(kind, header, columns);
  if ('problem' in planned) throw new CommandError(`${file}:1: ${planned.problem}`);
  return planned.plan;
};

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CommandError(`${path}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
};

/** What a list says was so when it was written, where it does not say when. */
const contextOf = (file: string, { asOf }: Options): RowContext => {
  const now = Date.now();
  const written = asOf ?? statSync(file, { throwIfNoEntry: false })?.mtime.toISOString();
  return { asOf: written ?? new Date(now).toISOString(), now };
};

interface Counts {
  rows: number;
  taken: number;
}

const counted = (number: number, what: string): string =>
  `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`;

const importRows = async (
  name: ListName,
  file: string,
  options: Options,
  sender: Sender,
): Promise<Counts & { refused: Refused | undefined }> => {
  const kind: ListKind = listKinds[name];
  const context = contextOf(file, options);
  const progress = createProgress();
  const counts: Counts = { rows: 0, taken: 0 };
  let header: string[] = [];
  let plan: Plan | undefined;
  let refused: Refused | undefined;
  let lastLine = 0;
  try {
    for await (const { line, record } of csvRecords(file)) {
      lastLine = line;
      if (plan === undefined || refused === undefined) {
        header = record.map((column) => column.trim());
        plan = planFor(file, kind, header, options);
        if (plan.unread.length > 0) console.error(`${file}:1: not read: ${plan.unread.join(', ')}`);
        const goesOn = options.fromLine > 1;
        refused = options.dryRun ? toldOnly(file, console.error) : createRefused(file, header, { goesOn });
        continue;
      }
      if (line < options.fromLine) continue;
      counts.rows += 1;
      const row =
        record.length === header.length
          ? readRow(kind, plan, record, context)
          : { refused: `has ${record.length} columns where the first line has ${header.length}` };
      if ('item' in row) {
        counts.taken += 1;
        await sender.add({ line, item: row.item });
      } else await refused.add(line, record, row.refused);
      if (counts.rows % 500 === 0) progress.tell(`${counted(counts.rows, 'row')} of ${file}`);
    }
    if (plan !== undefined && lastLine < options.fromLine) {
      throw new CommandError(`${file}: there is no line ${options.fromLine}; its last row ends on line ${lastLine}`);
    }
    await sender.end();
    return { ...counts, refused };
  } finally {
    progress.clear();
    await refused?.end();
  }
};

/** What is left to do after it stopped in the middle. */
const withPosition = (error: unknown, file: string, sender: Sender): unknown => {
  if (!(error instanceof CommandError) || sender.sentUpTo() === 0) return error;
  const next = sender.sentUpTo() + 1;
  return new CommandError(
    `${error.message}\n${file} is taken in up to line ${next - 1}. The same command again changes nothing of that; --from-line ${next} goes on from there.`,
  );
};

const importList = async (name: ListName, file: string, options: Options): Promise<void> => {
  const began = performance.now();
  const sender = senderOf(options, listKinds[name]);
  const { rows, taken, refused } = await importRows(name, file, options, sender).catch((error: unknown) => {
    throw withPosition(error, file, sender);
  });
  if (refused === undefined) throw new CommandError(`${file}: is empty; its first line names the columns`);
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  const left = refused.count();
  const verb = options.dryRun ? 'would be taken in' : 'taken in';
  console.log(`${counted(rows, 'row')} of ${name}: ${counted(taken, 'row')} ${verb}, ${left} refused, in ${seconds} s`);
  if (left === 0) return;
  if (!options.dryRun) console.log(`${refused.path} has what was refused, with the reason`);
  process.exitCode = someRefused;
};

const lineNumber = (typed: string): number => {
  const line = Number(typed);
  if (!/^\d+$/.test(typed) || !Number.isSafeInteger(line) || line < 1) {
    throw new InvalidArgumentError('a line is a number from 1, in digits.');
  }
  return line;
};

/** What is so only later was not so when the list was written: believed, it would outlast whatever is heard until then. Of today
 * there is no end yet: what is typed as this day is now. */
const pastMoment = (typed: string): string => {
  const moment = momentOption(typed);
  const now = new Date().toISOString();
  if (moment <= now) return moment;
  if (typed === now.slice(0, 10)) return now;
  throw new InvalidArgumentError('lies ahead; a list says what was so until now.');
};

export const importCommand = (): Command =>
  new Command('import')
    .description('take a list into a running Muster; the same file again changes nothing')
    .addArgument(new Argument('<what>', 'what the list is of').choices(Object.keys(listKinds)))
    .argument('<file>', 'a CSV file, whose first line names its columns')
    .addOption(urlOption())
    .addOption(tokenOption('a decision token'))
    .option('--map <file>', 'which of its columns is which of ours, as YAML; without it they have our names')
    .option('--connection <name>', 'the CRM connection whose ids the list has', 'crm')
    .option(
      '--as-of <moment>',
      `when rows without a time became so (${momentForms}); default: when the file was last written`,
      pastMoment,
    )
    .option('--from-line <number>', 'leave out the lines before', lineNumber, 1)
    .option('--dry-run', 'read all of it and say what is wrong; nothing is sent or written')
    .action(importList);
