// Rows a second of lists that are imported into the embedded edition, from the command's start until everybody is judged: accounts,
// their leads, and a touch of each.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Started, start } from '../../cli/start.ts';
import type { QueueName } from '../../lib/ports.ts';

const rows = Number(process.argv[3] ?? 20_000);
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
};

const queues: readonly QueueName[] = ['prompt', 'assess', 'route', 'sla', 'notify'];

const settled = async ({ muster: { embedded } }: Started): Promise<void> => {
  const idle = () =>
    queues.every((name) => embedded.queues.depth(name).waiting === 0) && embedded.changes.read(1).outboxes.length === 0;
  for (let quiet = 0; quiet < 3; quiet = idle() ? quiet + 1 : 0) await wait(20);
};

export const benchImport = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'));
  const started = await start({ data: join(folder, 'state') });
  const figures: Record<string, number> = {};
  try {
    for (const [what, { header, row }] of Object.entries(lists)) {
      const file = join(folder, `${what}.csv`);
      writeFileSync(file, `${header}\n${Array.from({ length: rows }, (_, n) => row(n)).join('\n')}\n`);
      const began = performance.now();
      const where = ['--url', started.apiUrl, '--token', started.decisionToken];
      await run(process.execPath, ['cli/muster.ts', 'import', what, file, ...where]);
      const accepted = performance.now();
      await settled(started);
      const seconds = (performance.now() - began) / 1_000;
      const dead = queues.map((name) => started.muster.embedded.queues.depth(name).dead);
      if (dead.some((count) => count > 0)) throw new Error(`dead letters: ${dead.join(' ')}`);
      console.error(
        `${rows} ${what}: accepted in ${((accepted - began) / 1_000).toFixed(1)} s, judged in ${seconds.toFixed(1)} s`,
      );
      figures[`${what}PerSecond`] = Math.round(rows / seconds);
    }
    return figures;
  } finally {
    await started.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};
