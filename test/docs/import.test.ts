// What docs/how-to/import.md shows is what its command prints, and its map is the one it uses.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listKinds } from '../../lib/domain/import/kinds.ts';
import { root } from '../architecture/house.ts';
import { muster } from '../cli/run.ts';
import type { Documented } from './run-by.ts';

const page = readFileSync(join(root, 'docs/how-to/import.md'), 'utf8');
const blockOf = (language: string): string =>
  new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'm').exec(page)?.[1] ?? '';
const withoutTime = (text: string): string => text.replace(/in [\d.]+ s/, 'in some time');

it('prints what would become of a file, and ends with 2 for what is refused', async () => {
  const command: Documented =
    'npm run -s muster -- import touches docs/examples/trade-show.csv --map docs/examples/trade-show.yaml --dry-run';
  expect(page).toContain(command);
  const { code, stdout, stderr } = await muster(...command.split(' ').slice(5));

  expect(code).toBe(2);
  expect(withoutTime(stderr + stdout)).toBe(withoutTime(blockOf('text')));
}, 60_000);

it('shows the map that the command uses', () => {
  expect(blockOf('yaml')).toBe(readFileSync(join(root, 'docs/examples/trade-show.yaml'), 'utf8'));
});

it.each(Object.entries(listKinds))('names every column of %s', (name, { columns }) => {
  const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\``)) ?? '';
  const profile = page.split('\n').find((line) => line.startsWith('| `leads`')) ?? '';
  for (const column of Object.keys(columns))
    expect(name === 'touches' ? row + profile : row).toContain(`\`${column}\``);
});
