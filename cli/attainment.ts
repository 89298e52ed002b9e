// `muster attainment`: whether people follow up in time, by rep, team, grade and week.
import { Command, InvalidArgumentError, Option } from 'commander';
import * as z from 'zod';
import { csvRow } from '../lib/domain/csv.ts';
import { asked, reached, type Where } from './ask-api.ts';
import { printAll } from './output.ts';

interface Options extends Where {
  from?: string;
  to?: string;
  by: 'rep' | 'team' | 'grade' | 'week';
  format?: 'csv' | 'json';
}

const number = z.int().nonnegative();
const milliseconds = z.number().nonnegative().nullable();
const row = z.object({
  ...{ count: number, met: number, breached: number, open: number },
  ...{ repP50: milliseconds, repP90: milliseconds, systemP50: milliseconds, systemP90: milliseconds },
});
const rows = z.array(row.extend({ name: z.string() }));
const report = z.object({
  from: z.string(),
  to: z.string(),
  total: row,
  rep: rows,
  team: rows,
  grade: rows,
  week: rows,
});
type Row = z.infer<typeof row> & { name: string };

/** In minutes with one decimal: what reports of response times are read in. */
const minutes = (value: number | null): string => (value === null ? '' : (value / 60_000).toFixed(1));

const asCsv = (by: string, all: readonly Row[]): string[] => [
  csvRow([
    by,
    ...['count', 'met', 'breached', 'open'],
    ...['rep_median_minutes', 'rep_p90_minutes', 'system_median_minutes', 'system_p90_minutes'],
  ]),
  ...all.map(({ name, count, met, breached, open, repP50, repP90, systemP50, systemP90 }) =>
    csvRow([name, count, met, breached, open, ...[repP50, repP90, systemP50, systemP90].map(minutes)]),
  ),
];

const week = (typed: string): string => {
  if (/^\d{4}-W\d\d$/.test(typed)) return typed;
  throw new InvalidArgumentError('a week is written as 2026-W47.');
};

const about = `
count: leads given to somebody in these weeks that were answered or breached; open: of these nobody has followed up yet. rep: working
time from when the rep was told to the first response, pauses left out. system: from when the lead qualified to when the rep was told.

Examples:
  muster attainment --url http://127.0.0.1:8080 --token TOKEN
  muster attainment --from 2026-W40 --to 2026-W47 --by team --url http://127.0.0.1:8080 --token TOKEN`;

export const attainmentCommand = (): Command =>
  reached(new Command('attainment').description('report whether leads are followed up in time'))
    .option('--from <week>', 'the first week, such as 2026-W40; without it the last one', week)
    .option('--to <week>', 'the last week; without it the one that runs', week)
    .addOption(
      new Option('--by <what>', 'a row for each rep, team, grade or week')
        .choices(['rep', 'team', 'grade', 'week'])
        .default('rep'),
    )
    .addOption(new Option('--format <format>', 'csv (default) or json, which has all rows').choices(['csv', 'json']))
    .addHelpText('after', about)
    .action(async ({ from, to, by, format, ...where }: Options) => {
      const query = new URLSearchParams({ ...(from && { from }), ...(to && { to }) }).toString();
      const answer = report.parse(await asked(where, `/api/attainment${query && `?${query}`}`));
      const table = asCsv(by, [...answer[by], { name: 'total', ...answer.total }]);
      await printAll(format === 'json' ? [`${JSON.stringify(answer, null, 2)}\n`] : table);
    });
