// `muster routing simulate`: who would get which lead and why, by a playbook that is not live yet, nothing being written.
import { Command, Option } from 'commander';
import { csvRow } from '../lib/domain/csv.ts';
import { type Simulated, type SimulatedLead, simulateRouting } from '../lib/domain/routing/simulate-routing.ts';
import { CommandError } from './command-error.ts';
import { loadPlaybook } from './load-playbook.ts';
import { momentForms, momentOption } from './moment-option.ts';
import { printAll } from './output.ts';
import { journalLeads } from './routing/journal-leads.ts';
import { columns, readLeads } from './routing/read-leads.ts';
import { scoreJournal } from './score/score-journal.ts';

interface Options {
  playbook: string;
  leads?: string;
  facts?: string;
  at?: string;
  format?: 'csv' | 'json';
}

function* asCsv(simulated: readonly Simulated[]): Generator<string> {
  yield csvRow(['id', 'account', 'owner', 'name', 'rule', 'role', 'pool', 'waitsUntil', 'reason']);
  for (const { lead, decision } of simulated) {
    const { owner, rule, role, pool, waiting, reason } = decision;
    const waits = waiting && (waiting.until ?? 'unknown');
    yield csvRow([lead.id, lead.accountId, owner?.email, owner?.name, rule, role, pool, waits, reason]);
  }
}

function* asJson(simulated: readonly Simulated[], at: string): Generator<string> {
  const leads = simulated.map(({ lead, decision }) => {
    const { owner = null, rule = null, role = null, pool = null, waiting = null, reason, explanation } = decision;
    return { id: lead.id, account: lead.accountId ?? null, owner, rule, role, pool, waiting, reason, explanation };
  });
  yield `${JSON.stringify({ at, leads }, null, 2)}\n`;
}

/** To standard error, beside the answer: how many each would get. */
const summary = (simulated: readonly Simulated[]): string => {
  const by = Map.groupBy(simulated, ({ decision }) => decision.owner?.name ?? 'nobody yet');
  const counts = [...by].map(([name, leads]) => ({ name, count: leads.length }));
  counts.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  return counts.map(({ name, count }) => `${name} ${count}`).join(', ');
};

const inputs = async (
  { leads, facts, at }: Options,
  playbook: ReturnType<typeof loadPlaybook>['playbook'],
): Promise<{ leads: SimulatedLead[]; at: string }> => {
  if ((leads === undefined) === (facts === undefined)) {
    throw new CommandError('name what to route: either --leads, a CSV file, or --facts, a journal');
  }
  if (leads !== undefined) {
    if (at === undefined) throw new CommandError('a file of leads has no moment: say when with --at');
    return { leads: await readLeads(leads), at };
  }
  return scoreJournal({ journal: facts!, playbook, asOf: at }, async (scoring) => ({
    leads: journalLeads(scoring),
    at: scoring.asOf,
  }));
};

const examples = `
Of --leads the first line names the columns, all optional but id, in any order: ${columns.join(', ')}.
Lists have semicolons between. Of --facts those who are Qualified at that moment are routed, in the order in which they qualified.
All are routed at one moment, one after the other, nobody having any leads before; each sees the turns and loads of those before it.

Examples:
  muster routing simulate --playbook p.yaml --leads leads.csv --at 2026-11-23T10:00:00+01:00
  muster routing simulate --playbook p.yaml --facts journal.ndjson --format json`;

const simulateCommand = (): Command =>
  new Command('simulate')
    .description('show who would get which lead, by which rule and why, and who would wait; writes nothing')
    .requiredOption('--playbook <file>', 'the playbook to route by')
    .option('--leads <file>', 'the leads (CSV)')
    .option('--facts <journal>', 'a file of captured lines, one JSON document each (NDJSON)')
    .option(
      '--at <moment>',
      `the moment (${momentForms}); default, with --facts: when the last line was received`,
      momentOption,
    )
    .addOption(
      new Option('--format <format>', 'csv (default): a row for each lead; json: with the whole explanation').choices([
        'csv',
        'json',
      ]),
    )
    .addHelpText('after', examples)
    .action(async (options: Options) => {
      const { playbook } = loadPlaybook(options.playbook);
      const { leads, at } = await inputs(options, playbook);
      const simulated = simulateRouting(leads, playbook, Date.parse(at));
      await printAll(options.format === 'json' ? asJson(simulated, at) : asCsv(simulated));
      console.error(`${leads.length} leads at ${at}: ${summary(simulated)}`);
    });

export const routingCommand = (): Command =>
  new Command('routing').description('try who gets leads').addCommand(simulateCommand());
