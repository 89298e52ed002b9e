// Forms a second, posted over HTTP and carried through to a routed lead with its mail, beside bare versioned upserts in the
// same file: as many as the system wrote rows, in groups as large as its commits were.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { start } from '../../cli/start.ts';
import { tenantsFolder } from '../../infra/tenant.ts';
import type { Database } from '../../lib/adapters/embedded/database.ts';
import { leadIdOfEmail } from '../../lib/domain/ids.ts';
import type { Client } from './post-forms.ts';

const forms = Number(process.argv[3] ?? 10_000);
const warmUp = 1_000;

const rowsWritten = (database: Database): number => Number(database.prepare('SELECT total_changes() AS n').get()?.n);
const assignments = (database: Database): number =>
  Number(database.prepare("SELECT count(*) AS n FROM items WHERE type = 'assignment'").get()?.n);

const posted = (client: Client): Promise<void> =>
  new Promise((resolve, reject) => {
    new Worker(new URL('./post-forms.ts', import.meta.url), { workerData: client })
      .on('message', () => resolve())
      .on('error', reject);
  });

const until = async (reached: () => boolean): Promise<void> => {
  while (!reached()) await new Promise((resolve) => setTimeout(resolve, 20));
};

/** Into the table the system itself uses, indexes included, under hashed keys as its own; each row once new and once on its
 * version. */
const bareUpserts = (database: Database, rows: number, perCommit: number): number => {
  const upsert = database.prepare(
    `INSERT INTO items (pk, sk, type, version, data) VALUES (?, 'BARE', 'bare', 1, ?)
     ON CONFLICT (pk, sk) DO UPDATE SET version = version + 1, data = excluded.data WHERE version = ?`,
  );
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const data = JSON.stringify({ text: 'x'.repeat(800) });
  const keys = Array.from({ length: Math.ceil(rows / 2) }, (_, row) => leadIdOfEmail(`${row}`));
  const startedAt = performance.now();
  for (let row = 0; row < rows; row += 1) {
    if (row % perCommit === 0) begin.run();
    upsert.run(keys[row % keys.length]!, data, 1);
    if (row % perCommit === perCommit - 1 || row === rows - 1) commit.run();
  }
  return (performance.now() - startedAt) / 1000;
};

export const benchEmbedded = async () => {
  const data = mkdtempSync(join(tmpdir(), 'muster-bench-'));
  // The demo's clock of a minute would add reminders to the work; a real one runs for hours.
  const playbook = join(data, 'playbook.yaml');
  const demo = readFileSync(join(tenantsFolder, 'demo.playbook.yaml'), 'utf8');
  writeFileSync(playbook, demo.replace('within: 60 seconds', 'within: 4 hours'));
  const started = await start({ data, playbook });
  const { database } = started.muster.embedded;
  // Counting them must not read the whole table fifty times a second: that was a third of the time measured.
  database.prepare("CREATE INDEX bench_assignments ON items (type) WHERE type = 'assignment'").run();
  let commits = 0;
  database.onCommit(() => {
    commits += 1;
  });
  try {
    await posted({ url: started.apiUrl, from: 0, count: warmUp });
    await until(() => assignments(database) === warmUp);
    const before = { rows: rowsWritten(database), commits };
    const startedAt = performance.now();
    await posted({ url: started.apiUrl, from: warmUp, count: forms });
    const acceptedAt = performance.now();
    await until(() => assignments(database) === warmUp + forms);
    const seconds = (performance.now() - startedAt) / 1000;
    const rows = rowsWritten(database) - before.rows;
    const perCommit = Math.max(1, Math.round(rows / (commits - before.commits)));
    // The mails are not in the figure, but their work is: bare upserts begin when nothing is left to do.
    await until(() => started.muster.embedded.queues.depth('notify').waiting === 0);
    await started.muster.runtime.stop();
    const bareSeconds = bareUpserts(database, rows, perCommit);
    console.error(
      `${forms} forms: accepted in ${((acceptedAt - startedAt) / 1000).toFixed(2)} s, routed in ${seconds.toFixed(2)} s`,
    );
    console.error(
      `${rows} rows written, ${perCommit} a commit; bare upserts of as many took ${bareSeconds.toFixed(2)} s`,
    );
    return {
      formsPerSecond: Math.round(forms / seconds),
      ratioToBareUpserts: Number((bareSeconds / seconds).toFixed(2)),
      acceptedPerSecond: Math.round((forms * 1000) / (acceptedAt - startedAt)),
      rowsPerForm: Number((rows / forms).toFixed(1)),
      bareUpsertsPerSecond: Math.round(rows / bareSeconds),
    };
  } finally {
    await started.stop();
    rmSync(data, { recursive: true, force: true });
  }
};
