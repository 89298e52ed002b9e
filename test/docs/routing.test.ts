// What docs/how-to/routing.md says of who gets which lead is what the command answers, by the playbook the page shows.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../architecture/house.ts';
import { outputOf } from './shell.ts';

const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const page = textOf('docs/how-to/routing.md');

it('shows the people, teams and routing of the playbook it tries', () => {
  const shown = parse(/^```yaml\n([\s\S]*?)^```/m.exec(page)?.[1] ?? '');
  expect(Object.keys(shown)).toEqual(['people', 'teams', 'routing']);
  expect(parse(textOf('docs/examples/routing.yaml'))).toMatchObject(shown);
});

it('tells of each lead who gets it and why', { timeout: 60_000 }, async () => {
  const answer = await outputOf(
    'npm run -s muster -- routing simulate --playbook docs/examples/routing.yaml --leads docs/examples/routing-leads.csv --at 2026-11-23T10:00:00+01:00',
  );
  const rows = [...page.matchAll(/^\| (\S+@\S+) \| .+? \| (.+?) \| (.+?) \|$/gm)].map(([, ...cells]) => cells);
  const answered = answer
    .trimEnd()
    .split(/\r?\n/)
    .filter((line) => line.includes('@'))
    .map((line) => line.split(','))
    .map((cells) => [cells[0], cells[3], cells.slice(8).join(',')]);
  expect(rows).toHaveLength(10);
  expect(answered.filter(([id]) => rows.some(([one]) => one === id))).toEqual(rows);
});
