// What docs/how-to/data-quality.md tells a reader to type prints what it shows.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../architecture/house.ts';
import { outputOf } from './shell.ts';

it('counts as the page shows', { timeout: 60_000 }, async () => {
  const printed = await outputOf(
    'npm run -s muster -- quality --playbook docs/playbooks/starter.yaml --facts docs/examples/quality.ndjson',
  );
  const shown = /^```text\n([\s\S]*?)^```$/m.exec(readFileSync(join(root, 'docs/how-to/data-quality.md'), 'utf8'))?.[1];
  expect(printed.replaceAll('\r\n', '\n')).toBe(shown);
});
