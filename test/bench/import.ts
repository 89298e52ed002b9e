// Rows a second of lists that are imported into the embedded edition, from the command's start until everybody is judged: accounts,
// their leads, a touch of each, and an opportunity and a contract of every account.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Started, start } from '../../cli/start.ts';
import type { QueueName } from '../../lib/ports.ts';

const rows = Number(process.argv[3] ?? 20_000);
/** Those of the lists that are measured, all unless they are named. */
const measured = process.argv.slice(4);
const run = promisify(execFile);

const syllables = [
  'bar',
  'con',
  'del',
  'fer',
  'gal',
  'hum',
  'jor',
  'kel',
  'lun',
  'mar',
  'nor',
  'pel',
  'quin',
  'ros',
  'sel',
  'tor',
];
const trades = ['Logistics', 'Foods', 'Software', 'Bearings', 'Energy', 'Textiles', 'Optics', 'Insurance'];
/** Names as unlike as companies' are: two made words and a trade. */
const companyOf = (number: number): string => {
  const word = (n: number): string =>
    [n, n >> 4, n >> 8]
      .map((part) => syllables[part & 15])
      .join('')
      .replace(/^./, (letter) => letter.toUpperCase());
  return `${word(number)} ${word(Math.imul(number, 2_654_435_761) >>> 12)} ${trades[number % trades.length]}`;
};

const lists: Readonly<Record<string, { header: string; row: (number: number) => string }>> = {
  accounts: {
    header: 'id,name,domain,country,industry,employees',
    row: (n) =>
      `${n},${companyOf(n)},company${n}.example,${['DE', 'GB', 'US', 'FR'][n % 4]},Manufacturing,${50 + (n % 5_000)}`,
  },
  leads: {
    header: 'id,email,firstName,lastName,company,jobTitle,country,accountId',
    row: (n) =>
      `${n},person${n}@company${n >> 2}.example,Pat,Buyer ${n},${companyOf(n >> 2)},Head of Procurement,DE,${n >> 2}`,
  },
  touches: {
    header: 'email,kind,occurredAt,title,campaign',
    row: (n) => `person${n}@company${n >> 2}.example,webinar,2026-03-0${1 + (n % 9)},Spring webinar,spring`,
  },
  opportunities: {
    header: 'id,accountId,primaryContactEmail,state,stage,type,changedAt',
    row: (n) =>
      `${n},${n},person${n << 2}@company${n}.example,${['open', 'won', 'lost'][n % 3]},Proposal,New,2026-02-0${1 + (n % 9)}`,
  },
  contracts: {
    header: 'id,accountId,startsAt,endsAt',
    row: (n) => `${n},${n},2025-0${1 + (n % 9)}-01,2027-0${1 + (n % 9)}-01`,
  },
};

const queues: readonly QueueName[] = ['prompt', 'assess', 'route', 'sla', 'notify'];

const settled = async ({ muster: { embedded } }: Started): Promise<void> => {
  const idle = () =>
    queues.every((name) => embedded.queues.depth(name).waiting === 0) && embedded.changes.read(1).outboxes.length === 0;
  for (let quiet = 0; quiet < 3; quiet = idle() ? quiet + 1 : 0) await wait(20);
};

const seconds = (milliseconds: number): string => (milliseconds / 1_000).toFixed(1);

/** Imports the file by the command; answers the seconds until everybody is judged. What the server's processor worked is steadier
 * than those where the machine is shared, and is told with the machine's load. */
const measure = async (started: Started, what: string, file: string): Promise<number> => {
  const began = performance.now();
  const worked = process.cpuUsage();
  const where = ['--url', started.apiUrl, '--token', started.decisionToken];
  await run(process.execPath, ['cli/muster.ts', 'import', what, file, ...where]);
  const accepted = performance.now() - began;
  await settled(started);
  const judged = performance.now() - began;
  const { user, system } = process.cpuUsage(worked);
  const dead = queues.map((name) => started.muster.embedded.queues.depth(name).dead);
  if (dead.some((count) => count > 0)) throw new Error(`dead letters: ${dead.join(' ')}`);
  console.error(
    `${rows} ${what}: accepted in ${seconds(accepted)} s, judged in ${seconds(judged)} s, of which the server worked ${seconds((user + system) / 1_000)} s; load ${loadavg()[0]?.toFixed(1)}`,
  );
  return judged / 1_000;
};

export const benchImport = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'));
  const started = await start({ data: join(folder, 'state') });
  const figures: Record<string, number> = {};
  try {
    for (const [what, { header, row }] of Object.entries(lists)) {
      if (measured.length > 0 && !measured.includes(what)) continue;
      const file = join(folder, `${what}.csv`);
      writeFileSync(file, `${header}\n${Array.from({ length: rows }, (_, n) => row(n)).join('\n')}\n`);
      figures[`${what}PerSecond`] = Math.round(rows / (await measure(started, what, file)));
    }
    return figures;
  } finally {
    await started.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};
