// `muster quality`: how far the people in a journal are known, by field and source.
import { Command, Option } from 'commander';
import { csvRow } from '../lib/domain/csv.ts';
import { dataQuality, type FieldQuality } from '../lib/domain/data-quality.ts';
import { loadPlaybook } from './load-playbook.ts';
import { printAll } from './output.ts';
import { scoreJournal } from './score/score-journal.ts';

interface Options {
  playbook: string;
  facts: string;
  format?: 'csv' | 'json';
}

const columns = ['field', 'source', 'people', 'missing', 'malformed', 'contradictory'] as const;

const table = (counts: readonly FieldQuality[]): string[] => [
  csvRow(columns),
  ...counts.map((count) => csvRow(columns.map((column) => count[column]))),
];

const about = `
people: of whom the source said anything; missing: whose field it never filled; malformed: filled with what cannot be one, such as
a phone number nobody can dial; contradictory: where another source, or the company in the CRM, says otherwise.

Example:
  muster quality --playbook p.yaml --facts journal.ndjson`;

export const qualityCommand = (): Command =>
  new Command('quality')
    .description('count what is missing, malformed and contradictory in a journal, by field and source')
    .requiredOption('--playbook <file>', 'the playbook by which people are told from visitors')
    .requiredOption('--facts <journal>', 'a file of captured lines, one JSON document each (NDJSON)')
    .addOption(new Option('--format <format>', 'csv (default) or json').choices(['csv', 'json']))
    .addHelpText('after', about)
    .action(async ({ playbook: file, facts: journal, format }: Options) => {
      const { playbook } = loadPlaybook(file);
      await scoreJournal({ journal, playbook }, async ({ groups }) => {
        const counts = dataQuality(groups());
        await printAll(format === 'json' ? [`${JSON.stringify(counts, null, 2)}\n`] : table(counts));
      });
    });
