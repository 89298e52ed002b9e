// `muster match`: which account each lead of a file belongs to, by which rule and why, without a system that runs.
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command, InvalidArgumentError } from 'commander';
import type { LeadCompany } from '../lib/domain/account-matching/answer.ts';
import { type Blocks, blocksOf } from '../lib/domain/account-matching/blocks.ts';
import { matchCompany } from '../lib/domain/account-matching/match-company.ts';
import { type MatchPolicy, policyOf } from '../lib/domain/account-matching/policy.ts';
import { csvRow } from '../lib/domain/csv.ts';
import { normaliseEmail } from '../lib/domain/email.ts';
import { kindOfMail } from '../lib/domain/email-kind.ts';
import { CommandError } from './command-error.ts';
import { loadPlaybook } from './load-playbook.ts';
import { complaintsAbout, countryOf, readAccounts } from './match/read-accounts.ts';
import { rowsOf } from './match/rows.ts';
import { createProgress, type Progress } from './progress.ts';

interface Options {
  accounts: string;
  leads: string;
  playbook?: string;
  minPrecision?: number;
  out: string;
}

const precisionOption = (typed: string): number => {
  const precision = Number(typed);
  if (typed.trim() === '' || !(precision >= 0 && precision <= 1))
    throw new InvalidArgumentError('a number from 0 to 1.');
  return precision;
};

const mailOf = (email: string): Pick<LeadCompany, 'mailKind' | 'mailDomain'> => {
  const normal = normaliseEmail(email);
  if (normal === undefined) return {};
  const host = normal.slice(normal.lastIndexOf('@') + 1);
  const mailKind = kindOfMail(host);
  return { mailKind, mailDomain: mailKind === 'business' ? host : undefined };
};

/** A value that is left out is no reason to stop. */
const warn = (text: string): void => console.error(text);

/** Files tell nobody who named a domain first: without a playbook that says otherwise somebody has to look. */
const policyFor = ({ playbook, minPrecision }: Options): MatchPolicy => {
  if (playbook === undefined) return policyOf(minPrecision ?? 0.95, undefined, 'review');
  const { minimumPrecision, rules, sharedDomain } = loadPlaybook(playbook).playbook.matching;
  return policyOf(minPrecision ?? minimumPrecision, rules, sharedDomain);
};

interface Tally {
  leads: number;
  matched: number;
}

async function* answers(path: string, blocks: Blocks, policy: MatchPolicy, progress: Progress, tally: Tally) {
  yield csvRow(['id', 'accountId', 'rule', 'score', 'reason', 'candidates']);
  const complaints = complaintsAbout(path);
  for await (const { line, values } of rowsOf(path, ['id', 'company', 'email', 'country'])) {
    const { id, company, email } = values;
    const country = countryOf(values.country);
    if (id === '') complaints.add(line, 'has no id');
    if (country === undefined) warn(`${path}:${line}: ${values.country} is no country; taken as not given`);
    const lead = { company, country: country || undefined, ...mailOf(email) };
    const { accountId, rule, score, evidence, doubt, candidates } = matchCompany(lead, blocks, policy);
    tally.leads += 1;
    if (accountId !== undefined) tally.matched += 1;
    if (tally.leads % 500 === 0) progress.tell(`${tally.leads.toLocaleString('en-GB')} leads matched`);
    const others = candidates.map((one) => `${one.accountId}:${one.score.toFixed(4)}`).join(';');
    const reason = doubt === undefined ? evidence : `${evidence} ${doubt.why}`;
    yield csvRow([id, accountId, rule, score.toFixed(4), reason, others]);
  }
  complaints.throwIfAny();
}

/** Written beside it first: a run that fails leaves no half of a list behind. */
const write = async (out: string, rows: AsyncIterable<string>): Promise<void> => {
  const partial = `${out}.partial`;
  try {
    await pipeline(Readable.from(rows), createWriteStream(partial));
    await rename(partial, out);
  } catch (error) {
    await rm(partial, { force: true });
    if (error instanceof CommandError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new CommandError(`${out}: cannot be written (${code})`);
  }
};

const examples = `
Accounts have the columns id, name, domain, country, parentId; leads id, company, email, country; further ones are ignored.
Countries are two capitals (ISO 3166). An empty accountId means that no account is sure enough; the candidates say who was near.
With --min-precision 0 every lead gets its likeliest account, unless two are alike. Of the playbook its section "matching" applies; the
account is always the one that was found, wherever in its group the playbook lets leads land.

Examples:
  muster match --accounts accounts.csv --leads leads.csv --out matched.csv
  muster match --accounts accounts.csv --leads leads.csv --min-precision 0.9 --out matched.csv`;

export const matchCommand = (): Command =>
  new Command('match')
    .description('find the account each lead of a CSV file belongs to, with the rule and the reason')
    .requiredOption('--accounts <file>', 'the accounts (CSV)')
    .requiredOption('--leads <file>', 'the leads (CSV)')
    .option('--playbook <file>', 'the playbook whose matching applies; default: all rules in their usual order')
    .option(
      '--min-precision <part>',
      "what part of the answers by name has to be right; default: the playbook's, else 0.95",
      precisionOption,
    )
    .requiredOption('--out <file>', 'where to write the answers (CSV)')
    .addHelpText('after', examples)
    .action(async (options: Options) => {
      const { accounts, leads, out } = options;
      const policy = policyFor(options);
      const progress = createProgress();
      const known = await readAccounts(
        accounts,
        (rows) => progress.tell(`${rows.toLocaleString('en-GB')} accounts read`),
        warn,
      );
      progress.tell(`indexing ${known.length.toLocaleString('en-GB')} accounts`);
      const blocks = blocksOf(known);
      const tally = { leads: 0, matched: 0 };
      await write(out, answers(leads, blocks, policy, progress, tally));
      progress.clear();
      console.error(`${out}: ${tally.matched} of ${tally.leads} leads have an account`);
    });
