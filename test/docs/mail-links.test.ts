// What docs/how-to/mail-links.md tells a reader to type prints what it shows.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../architecture/house.ts';
import { outputOf } from './shell.ts';

it('prints the ids the page shows, the first of them in its link', { timeout: 60_000 }, async () => {
  const printed = await outputOf('npm run -s muster -- identity id buyer@acme.example second@acme.example');
  const page = readFileSync(join(root, 'docs/how-to/mail-links.md'), 'utf8');
  const shown = [...page.matchAll(/^```text\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
  expect(printed.replaceAll('\r\n', '\n')).toBe(shown[1]);
  expect(shown[0]).toContain(`muster_lead=${printed.split(/\r?\n/)[0]}\n`);
});
