// `muster review`: who waits for somebody to look which account they belong to, and what that somebody decides.
import { Command, Option } from 'commander';
import { reviewReasons } from '../lib/domain/review.ts';
import { asked, reached, type Where } from './ask-api.ts';
import { CommandError } from './command-error.ts';
import { type Deciding, deciding, leadIdNamed, whoever } from './decide.ts';
import { shownJson } from './foreign-text.ts';
import { printAll } from './output.ts';
import { queueCsv, queueTable } from './review/print-queue.ts';
import { type Queue, readQueue } from './review/read-queue.ts';

const formats: Readonly<Record<string, (queue: Queue) => Iterable<string>>> = {
  table: queueTable,
  csv: queueCsv,
  json: (queue) => [`${shownJson(queue)}\n`],
};

const listCommand = (): Command =>
  reached(new Command('list'))
    .description('list the leads that wait for somebody to look, those who wait longest first')
    .addOption(new Option('--reason <reason>', 'only those who wait for this').choices(reviewReasons))
    .addOption(new Option('--format <format>', 'how it is printed').choices(Object.keys(formats)).default('table'))
    .action(async ({ reason, format, ...where }: Where & { reason?: string; format: string }) => {
      await printAll(formats[format]!(await readQueue(where, reason)));
    });

const showCommand = (): Command =>
  reached(new Command('show'))
    .description('show why a lead is in its account, what else came into question and what was decided, as JSON')
    .argument('<lead>', whoever)
    .action(async (lead: string, where: Where) => {
      console.log(shownJson(await asked(where, `/api/leads/${leadIdNamed(lead)}`)));
    });

const decide = async (lead: string, { url, token, by, why }: Deciding, decision: object): Promise<void> => {
  const body = { ...decision, lead: leadIdNamed(lead), by, why };
  console.log(JSON.stringify(await asked({ url, token }, '/review/decisions', body)));
};

const assignCommand = (): Command =>
  deciding(new Command('assign'))
    .description('put a lead in an account, whatever the rules say; who states the same company follows')
    .argument('<lead>', whoever)
    .argument('<account>', 'the id of the account, as the list suggests it')
    .option('--remember-domain', "the domain of the lead's mail is the account's from then on")
    .option('--no-remember', 'only this lead: nothing is kept of the company it states')
    .action(
      async (lead: string, accountId: string, options: Deciding & { rememberDomain?: true; remember: boolean }) => {
        if (!/^acct_[0-9a-f]{16}$/.test(accountId)) {
          throw new CommandError(`${accountId} is no account's id, such as acct_0123456789abcdef`);
        }
        const remember = {
          ...(!options.remember && { company: false }),
          ...(options.rememberDomain && { domain: true }),
        };
        await decide(lead, options, { decision: 'assign', accountId, remember });
      },
    );

const withoutAccount = (decision: 'dismiss' | 'undo', description: string): Command =>
  deciding(new Command(decision))
    .description(description)
    .argument('<lead>', whoever)
    .action((lead: string, options: Deciding) => decide(lead, options, { decision }));

export const reviewCommand = (): Command =>
  new Command('review')
    .description('see which leads wait for somebody to look at their account, and decide')
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(assignCommand())
    .addCommand(withoutAccount('dismiss', 'nobody need look for the account of this lead'))
    .addCommand(
      withoutAccount('undo', 'take a decision back, and what was remembered with it: the rules decide again'),
    );
