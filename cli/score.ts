// `muster score`: everybody and every account in a journal, scored by a playbook, without a system that runs.
import { Command, Option } from 'commander';
import { CommandError } from './command-error.ts';
import { loadPlaybook } from './load-playbook.ts';
import { momentForms, momentOption } from './moment-option.ts';
import { printAll } from './output.ts';
import { createProgress } from './progress.ts';
import { explain } from './score/explain.ts';
import { leadList } from './score/lead-list.ts';
import { scoreDocument } from './score/score-document.ts';
import { type Scoring, scoreJournal } from './score/score-journal.ts';

interface Options {
  playbook: string;
  facts: string;
  asOf?: string;
  explain?: string;
  format?: 'csv' | 'json';
}

const textsOf = (scoring: Scoring, { explain: id, format }: Options): Iterable<string> => {
  if (id !== undefined) return [explain(scoring, id, format === 'json' ? 'json' : 'text')];
  return format === 'json' ? scoreDocument(scoring) : leadList(scoring);
};

const examples = `
A moment, with --as-of, leaves out what happened later; what happened by then counts also if it was heard of later
(\`muster replay --as-of\` leaves that out). Lines may be in any order and stand there twice.

Examples:
  muster score --playbook p.yaml --facts journal.ndjson > leads.csv
  muster score --playbook p.yaml --facts journal.ndjson --as-of 2026-11-01T00:00:00Z --format json
  muster score --playbook p.yaml --facts journal.ndjson --explain bea@acme.example
  muster score --playbook p.yaml --facts journal.ndjson --explain acme.example`;

export const scoreCommand = (): Command =>
  new Command('score')
    .description('score everybody and every account in a journal of captured facts, or explain one score')
    .requiredOption('--playbook <file>', 'the playbook to score by')
    .requiredOption('--facts <journal>', 'a file of captured lines, one JSON document each (NDJSON)')
    .option(
      '--as-of <moment>',
      `score as of then (${momentForms}); default: when the last line was received`,
      momentOption,
    )
    .option('--explain <id>', 'explain one score: a lead by any id or e-mail they ever had, an account by id or domain')
    .addOption(
      new Option(
        '--format <format>',
        'csv (default): a row for each lead; json: leads and accounts with all parts',
      ).choices(['csv', 'json']),
    )
    .addHelpText('after', examples)
    .action(async (options: Options) => {
      if (options.explain !== undefined && options.format === 'csv') {
        throw new CommandError('--explain answers text, or JSON with --format json; not CSV');
      }
      const { playbook } = loadPlaybook(options.playbook);
      const progress = createProgress();
      const { facts: journal, asOf } = options;
      const onProgress = (lines: number) => progress.tell(`${lines.toLocaleString('en-GB')} lines read`);
      await scoreJournal({ journal, playbook, asOf, onProgress }, async (scoring) => {
        progress.tell('scoring');
        const texts = textsOf(scoring, options);
        progress.clear();
        await printAll(texts);
      });
    });
