// The embedded edition as `npm start` runs it, in a folder that is gone afterwards.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../../cli/start.ts';
import { createLog } from '../../lib/adapters/embedded/log.ts';
import { createUsers, usersFile } from '../../lib/adapters/embedded/users.ts';
import { systemClock } from '../../lib/adapters/system-clock.ts';
import { connectCrms } from './crm/connected.ts';
import { type Edition, playbookFile } from './edition.ts';
import { openReceivers } from './receivers.ts';

export const openEmbeddedEdition = async (): Promise<Edition> => {
  const data = mkdtempSync(join(tmpdir(), 'muster-e2e-'));
  const receivers = await openReceivers();
  const crms = await connectCrms(receivers.destinations);
  writeFileSync(join(data, 'crm.json'), JSON.stringify({ webhooks: crms.webhookSecrets, api: crms.credentials }));
  writeFileSync(join(data, 'destinations.json'), JSON.stringify(receivers.credentials));
  const failures: string[] = [];
  const lines: string[] = [];
  const log = createLog(systemClock, (line) => {
    lines.push(line);
    if (!line.includes('"level":"info"')) failures.push(line);
  });
  let broken = false;
  let foldFailures = 0;
  const { muster, ...started } = await start({
    ...{ data, log, verbose: true, tenants: crms.tenants, playbook: playbookFile },
    wrapConsumer: (name, consumer) => async (messages) => {
      if (!broken || (name !== 'hits' && name !== 'prompt')) return consumer(messages);
      foldFailures += 1;
      throw new Error('fold was made to fail');
    },
  });
  const { table, mailer, queues, database } = muster.embedded;
  crms.sendTo(started.apiUrl);
  return {
    ...started,
    ...{ table, crms, receivers },
    signIn: async (email, group) => (await createUsers(join(data, usersFile)).add(email, group)).token!,
    pullCrms: async () => {
      await muster.pullCrms();
    },
    mails: async () => mailer.outbox(),
    breakFold: async () => {
      broken = true;
      return async () => {
        broken = false;
      };
    },
    foldFailures: () => foldFailures,
    stepsThatSay: async (traceId) =>
      lines.filter((line) => line.includes(traceId)).map((line) => String(JSON.parse(line).step ?? 'door')),
    deadLetters: async (queue) => queues.deadLetters(queue).map(({ body }) => body),
    bury: async (queue, bodies) => {
      await database.write(() => {
        const bury = database.prepare('INSERT INTO dead_letters (queue, died_at, body) VALUES (?, ?, ?)');
        for (const body of bodies) bury.run(queue, Date.now() - 1, body);
      }, queue);
    },
    send: (queue, body) => queues.queue(queue).send([body]),
    restore: async (backup) => {
      const folder = join(data, 'restored');
      mkdirSync(folder);
      copyFileSync(backup, join(folder, 'muster.db'));
      return start({ data: folder, log, tenants: crms.tenants, playbook: playbookFile });
    },
    patienceMs: 10_000,
    promptness: { forms: 20, p95Ms: 250 },
    timersLateMs: 1_000,
    quietMs: 1_500,
    postsInFlight: 8,
    diagnosis: () => failures.slice(-20).join('\n'),
    stop: async () => {
      await started.stop();
      await crms.close();
      receivers.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
};
