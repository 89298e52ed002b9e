// Runs a journal through the embedded edition in memory, on a clock that stands where each line was received, and says what
// stands at the end: the very code that runs in production, tried on the past.
import { Command } from 'commander';
import type { Captured } from '../events/catalogue.ts';
import { createVirtualClock } from '../lib/adapters/embedded/clock.ts';
import type { Embedded } from '../lib/adapters/embedded/open.ts';
import type { Playbook } from '../lib/domain/playbook/playbook.ts';
import type { QueueName } from '../lib/ports.ts';
import { savePlaybook } from '../lib/steps/playbooks.ts';
import { readAccount } from '../lib/steps/read-accounts.ts';
import { subscriptions } from '../lib/subscriptions.ts';
import { allOf } from '../lib/table/items.ts';
import { accountsList, quarantinePartition } from '../lib/table/keys.ts';
import { openMuster } from './embedded.ts';
import { readJournal } from './journal.ts';
import { loadPlaybook } from './load-playbook.ts';
import { momentForms, momentOption } from './moment-option.ts';

export interface ReplayOptions {
  lines: readonly Captured[];
  playbook: Playbook;
  playbookSource: string;
  /** Where the clock stops, ISO; lines received later are left out. Without it: a minute after the last line. */
  asOf?: string;
}

const aMinute = 60_000;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** In memory nothing fails for a while: what is not done by now is a defect, and the rest cannot be trusted. */
const refuseUnfinished = ({ queues }: Embedded): void => {
  for (const name of ['prompt', ...Object.keys(subscriptions)] as QueueName[]) {
    const { waiting, dead } = queues.depth(name);
    if (waiting + dead > 0) throw new Error(`replay left ${waiting} waiting and ${dead} dead messages in ${name}`);
  }
};

export const replay = async ({ lines, playbook, playbookSource, asOf }: ReplayOptions) => {
  const first = lines[0]?.receivedAt ?? asOf ?? '1970-01-01T00:00:00.000Z';
  const end = asOf === undefined ? Date.parse(lines.at(-1)?.receivedAt ?? first) + aMinute : Date.parse(asOf);
  const clock = createVirtualClock(Math.min(Date.parse(first), end));
  const {
    embedded,
    runtime,
    playbook: live,
  } = openMuster({
    path: ':memory:',
    clock,
    log: silent,
    mail: { keep: Number.POSITIVE_INFINITY },
  });
  try {
    await savePlaybook(embedded, playbookSource, playbook);
    const known = lines.filter(({ receivedAt }) => Date.parse(receivedAt) <= end);
    for (let from = 0; from < known.length; ) {
      const moment = known[from]!.receivedAt;
      let to = from;
      while (to < known.length && known[to]!.receivedAt === moment) to += 1;
      await runtime.advanceTo(Date.parse(moment));
      await embedded.queues.queue('prompt').send(known.slice(from, to).map((line) => JSON.stringify([line])));
      await runtime.settle();
      from = to;
    }
    await runtime.advanceTo(end);
    refuseUnfinished(embedded);
    const listed = await embedded.table.list(accountsList);
    const ids = listed.map((item) => String(item.accountId)).sort();
    const views = await Promise.all(ids.map((id) => readAccount({ ...embedded, playbook: live }, id)));
    const quarantined = allOf('quarantine', await embedded.table.query(quarantinePartition));
    return {
      playbook: playbook.name,
      asOf: new Date(end).toISOString(),
      lines: known.length,
      accounts: views
        .filter((view) => view !== undefined)
        .map(({ serverTime, events, notices, ...account }) => account),
      mails: embedded.mailer
        .outbox()
        .map(({ to, subject, text, sentAt }) => ({ to, subject, text, at: new Date(sentAt).toISOString() })),
      quarantined: quarantined.map(({ line, reason }) => ({ id: line.id, reason })),
    };
  } finally {
    await embedded.close();
  }
};

export const replayCommand = (): Command =>
  new Command('replay')
    .description(
      'run a journal of captured facts through the system in memory and print where everything stands, as JSON',
    )
    .argument('<journal>', 'a file of captured lines, one JSON document each (NDJSON)')
    .requiredOption('--playbook <file>', 'the playbook to judge by')
    .option(
      '--as-of <moment>',
      `stop the clock there (${momentForms}); default: a minute after the last line`,
      momentOption,
    )
    .action(async (journal: string, { playbook: file, asOf }: { playbook: string; asOf?: string }) => {
      const { playbook, source: playbookSource } = loadPlaybook(file);
      const lines = readJournal(journal);
      console.log(JSON.stringify(await replay({ lines, playbook, playbookSource, asOf }), null, 2));
    });
