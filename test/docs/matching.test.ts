// What docs/how-to/matching.md tells a reader to type finds the accounts it shows.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, expect, it } from 'vitest';
import { root } from '../architecture/house.ts';
import { outputOf } from './shell.ts';

const folder = mkdtempSync(join(tmpdir(), 'muster-docs-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('matches as the page shows', { timeout: 60_000 }, async () => {
  const out = join(folder, 'matched.csv');
  await outputOf(
    'npm run -s muster -- match --accounts docs/examples/accounts.csv --leads docs/examples/leads.csv --out matched.csv',
    `--out ${out}`,
  );
  const rows = parse(readFileSync(out), { columns: true }) as { id: string; accountId: string; rule: string }[];
  const shown = readFileSync(join(root, 'docs/how-to/matching.md'), 'utf8').matchAll(
    /^\| (L\d+) \| [^|]+ \| (\w+) \| `([\w-]+)` \|/gm,
  );
  expect(rows.map(({ id, accountId, rule }) => [id, accountId || 'none', rule])).toEqual(
    [...shown].map(([, id, accountId, rule]) => [id, accountId, rule]),
  );
  expect(rows).toHaveLength(7);
});
