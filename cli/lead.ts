// `muster lead`: tells a running Muster what somebody did about a lead, as a seller does by a link of a mail.
import { Command, Option } from 'commander';
import { asked, reachedToDecide, type Where } from './ask-api.ts';
import { CommandError } from './command-error.ts';
import { leadIdNamed } from './decide.ts';
import { momentOption } from './moment-option.ts';

interface Said extends Where {
  by: string;
  why?: string;
  id?: string;
}

const acting = (name: string, description: string): Command =>
  reachedToDecide(new Command(name))
    .description(description)
    .argument('<lead>', 'an e-mail address, or the id of a lead')
    .requiredOption('--by <address>', 'the e-mail address of whoever did it, which is kept')
    .option('--why <text>', 'a note, which is kept')
    .option('--id <id>', 'with the same one sent again it is the same action (default: a new one)');

const tell = async (lead: string, action: object, { url, token, by, why, id }: Said, occurredAt?: string) => {
  // Before anything is sent: an address of nobody names no lead.
  if (!leadIdNamed(lead).startsWith('lead_')) throw new CommandError(`${lead} is the id of no lead`);
  console.log(JSON.stringify(await asked({ url, token }, '/leads/actions', { lead, action, by, why, id, occurredAt })));
};

const atOption = () => new Option('--at <moment>', 'when it was (default: now)').argParser(momentOption);

interface At {
  at?: string;
}

const followUpCommand = (): Command =>
  acting('follow-up', 'somebody spoke or wrote to the lead: it is being worked, and its clock stops')
    .addOption(
      new Option('--how <how>', 'how they did').choices(['call', 'email', 'meeting', 'other']).default('other'),
    )
    .addOption(atOption())
    .action((lead: string, { how, at, ...said }: Said & At & { how: string }) =>
      tell(lead, { does: 'follow-up', how }, said, at),
    );

const goodCommand = (): Command =>
  acting('good', 'the lead was worth somebody’s time')
    .addOption(atOption())
    .action((lead: string, { at, ...said }: Said & At) => tell(lead, { does: 'good' }, said, at));

const badCommand = (): Command =>
  acting('bad', 'the lead is none for sales now: it goes where the playbook has that reason')
    .requiredOption('--reason <reason>', 'one of the playbook’s `notices.badLead`')
    .addOption(atOption())
    .action((lead: string, { reason, at, ...said }: Said & At & { reason: string }) =>
      tell(lead, { does: 'bad', reason }, said, at),
    );

const handOverCommand = (): Command =>
  acting('hand-over', 'the lead goes to whoever has it next by the rule that routed it').action(
    (lead: string, said: Said) => tell(lead, { does: 'hand-over' }, said),
  );

const reassignCommand = (): Command =>
  acting('reassign', 'the lead goes to somebody else')
    .option('--to <address>', 'one of the playbook’s people (default: whom its rules name by now)')
    .action((lead: string, { to, ...said }: Said & { to?: string }) => tell(lead, { does: 'reassign', to }, said));

const pauseCommand = (): Command =>
  acting('pause', 'the lead’s clock stands still')
    .addOption(new Option('--until <moment>', 'up to then (default: until it is resumed)').argParser(momentOption))
    .action((lead: string, { until, ...said }: Said & { until?: string }) =>
      tell(lead, { does: 'pause', until }, said),
    );

const resumeCommand = (): Command =>
  acting('resume', 'the lead’s clock runs on').action((lead: string, said: Said) =>
    tell(lead, { does: 'resume' }, said),
  );

export const leadCommand = (): Command =>
  new Command('lead')
    .description('tell what somebody did about a lead')
    .addCommand(followUpCommand())
    .addCommand(goodCommand())
    .addCommand(badCommand())
    .addCommand(handOverCommand())
    .addCommand(reassignCommand())
    .addCommand(pauseCommand())
    .addCommand(resumeCommand());
