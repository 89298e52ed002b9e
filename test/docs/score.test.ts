// What docs/how-to/scoring.md tells a reader to type does what it says, and prints what it shows.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { root } from '../architecture/house.ts';
import { outputOf } from './shell.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('scoring a journal', { timeout: 60_000 }, () => {
  it('prints a row for each lead', async () => {
    const printed = await outputOf(
      'npm run -s muster -- score --playbook docs/playbooks/enterprise.yaml --facts test/golden/journal.ndjson --as-of 2026-11-22T12:00:00Z',
    );
    expect(printed).toBe(read('test/golden/enterprise.csv'));
  });

  it('prints everything as JSON', async () => {
    const printed = await outputOf(
      'npm run -s muster -- score --playbook docs/playbooks/starter.yaml --facts test/golden/journal.ndjson --format json',
    );
    const document = z.object({ leads: z.array(z.object({ score: z.number() })), accounts: z.array(z.unknown()) });
    expect(document.parse(JSON.parse(printed)).leads).toHaveLength(16);
  });

  it('explains a score as the page shows it', async () => {
    const printed = await outputOf(
      'npm run -s muster -- score --playbook docs/playbooks/enterprise.yaml --facts test/golden/journal.ndjson --as-of 2026-11-22T12:00:00Z --explain rita@rival.example',
    );
    const shown = /^```text\n([\s\S]*?)^```$/m.exec(read('docs/how-to/scoring.md'))?.[1];
    expect(printed).toBe(shown);
  });
});
