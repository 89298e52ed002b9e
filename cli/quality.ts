// `muster quality`: how far the people in a journal, or in a running Muster, are known, by field and source, and which of the CRM's
// stages nobody has said the meaning of.
import { Command, Option } from 'commander';
import * as z from 'zod';
import { profileField } from '../events/touch-captured.v1.ts';
import { csvRow } from '../lib/domain/csv.ts';
import { addedUp, dataQuality, type FieldQuality } from '../lib/domain/data-quality.ts';
import { stagesAddedUp, type UnknownStage, unmappedStages } from '../lib/domain/unknown-stages.ts';
import { asked, tokenOption, urlOption, type Where } from './ask-api.ts';
import { CommandError } from './command-error.ts';
import { loadPlaybook } from './load-playbook.ts';
import { printAll } from './output.ts';
import { createProgress } from './progress.ts';
import { scoreJournal } from './score/score-journal.ts';

interface Options extends Partial<Where> {
  playbook?: string;
  facts?: string;
  format?: 'csv' | 'json';
  stages?: true;
}

const columns = ['field', 'source', 'people', 'missing', 'malformed', 'contradictory'] as const;

const stageColumns = ['connection', 'object', 'stage', 'records'] as const;

const tableOf = <Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, string | number>>[],
): string[] => [csvRow(columns), ...rows.map((row) => csvRow(columns.map((column) => row[column])))];

interface Quality {
  counts: FieldQuality[];
  stages: UnknownStage[];
}

const number = z.int().nonnegative();
const page = z.object({
  counts: z.array(
    z.object({
      field: profileField,
      source: z.string(),
      ...{ people: number, missing: number, malformed: number, contradictory: number },
    }),
  ),
  unknownStages: z.array(
    z.object({
      ...{ connection: z.string(), object: z.enum(['person', 'account', 'opportunity']), stage: z.string() },
      records: number,
    }),
  ),
  accounts: number,
  next: z.string().nullable(),
});

/** Page by page, each added to those before. */
const qualityOfRunning = async (where: Where): Promise<Quality> => {
  const progress = createProgress();
  let counts: FieldQuality[] = [];
  let stages: UnknownStage[] = [];
  let accounts = 0;
  for (let query = ''; ; ) {
    const answer = page.parse(await asked(where, `/api/data-quality${query}`));
    counts = addedUp([counts, answer.counts]);
    stages = stagesAddedUp([stages, answer.unknownStages]);
    accounts += answer.accounts;
    progress.tell(`${accounts.toLocaleString('en-GB')} accounts counted`);
    if (answer.next === null) break;
    query = `?cursor=${encodeURIComponent(answer.next)}`;
  }
  progress.clear();
  return { counts, stages };
};

/** Gone through twice, so that no more than one account is held at a time. */
const qualityOfJournal = (journal: string, file: string): Promise<Quality> => {
  const { playbook } = loadPlaybook(file);
  return scoreJournal({ journal, playbook }, async ({ groups }) => {
    let stages: UnknownStage[] = [];
    for (const group of groups()) stages = stagesAddedUp([stages, unmappedStages(group, playbook)]);
    return { counts: dataQuality(groups()), stages };
  });
};

const qualityAskedFor = ({ facts, playbook, url, token }: Options): Promise<Quality> => {
  if ((facts === undefined) === (url === undefined)) {
    throw new CommandError('--facts counts a journal, --url a running Muster: one of both is needed');
  }
  if (url !== undefined) {
    if (token === undefined) throw new CommandError('--url needs --token');
    return qualityOfRunning({ url, token });
  }
  if (playbook === undefined) throw new CommandError('--facts needs --playbook');
  return qualityOfJournal(facts!, playbook);
};

const about = `
people: of whom the source said anything; missing: whose field it never filled; malformed: filled with what cannot be one, such as
a phone number nobody can dial; contradictory: where another source, or the company in the CRM, says otherwise.

Examples:
  muster quality --playbook p.yaml --facts journal.ndjson
  muster quality --url http://127.0.0.1:8080 --token TOKEN`;

export const qualityCommand = (): Command =>
  new Command('quality')
    .description(
      'count what is missing, malformed and contradictory in a journal or a running Muster, by field and source',
    )
    .option('--playbook <file>', 'with --facts: the playbook by which people are told from visitors')
    .option('--facts <journal>', 'a file of captured lines, one JSON document each (NDJSON)')
    .addOption(urlOption())
    .addOption(tokenOption('a read token'))
    .addOption(new Option('--format <format>', 'csv (default) or json').choices(['csv', 'json']))
    .addHelpText('after', about)
    .option('--stages', 'instead, the CRM’s stages that the playbook does not know, and how many records are in each')
    .action(async (options: Options, command: Command) => {
      // Whoever names a journal means that, whatever Muster the environment names.
      const url =
        options.facts !== undefined && command.getOptionValueSource('url') === 'env' ? undefined : options.url;
      const { counts, stages } = await qualityAskedFor({ ...options, url });
      const asked = options.stages ? stages : counts;
      const rows = options.stages ? tableOf(stageColumns, stages) : tableOf(columns, counts);
      await printAll(options.format === 'json' ? [`${JSON.stringify(asked, null, 2)}\n`] : rows);
      if (!options.stages && stages.length > 0) {
        process.stderr.write(`${stages.length} stages of the CRM mean nothing to the playbook: --stages lists them\n`);
      }
    });
