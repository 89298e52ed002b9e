// The documentation names no command that nothing runs and no file that is not there, and says of every requirement where it stands.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../architecture/house.ts';
import { commandsIn, deadSectionsIn, filesIn, type Page, pages } from './markdown.ts';
import { runBy } from './run-by.ts';

const readme = pages.find(({ path }) => path === 'README.md')!;

describe.each(pages)('$path', (page) => {
  it('names no command that nothing runs', () => {
    expect(commandsIn(page).filter((command) => !(command in runBy))).toEqual([]);
  });

  it('names no file that is not there', () => {
    expect(filesIn(page).filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(deadSectionsIn(page, pages)).toEqual([]);
  });
});

it('lists every page', () => {
  const index = pages.find(({ path }) => path === 'docs/README.md')!.text;
  const listed = [...index.matchAll(/\]\(([^)#]+)/g)].map(([, path]) => `docs/${path}`);
  const all = pages.map(({ path }) => path).filter((path) => path.startsWith('docs/') && path !== 'docs/README.md');
  expect(all.filter((path) => !listed.includes(path))).toEqual([]);
});

describe('the list of what runs each command', () => {
  it.each(Object.entries(runBy))('%s is documented, and %s runs it', (command, file) => {
    expect(pages.some((page) => commandsIn(page).includes(command))).toBe(true);
    // .ci/run takes its commands from the README.
    const text = readFileSync(join(root, file), 'utf8');
    const quoted = ["'", '"', '`'].map((quote) => `${quote}${command}${quote}`);
    expect(file === '.ci/run' ? text.includes('README.md') : quoted.some((one) => text.includes(one))).toBe(true);
  });

  it('would miss one that is not in it', () => {
    const page: Page = {
      path: 'x.md',
      text: '```sh\nnpm ci && npm run nothing # really\n```\n`lib/nowhere.ts`\n[a](#a-b) [c](#c)\n## A b?',
    };
    expect(deadSectionsIn(page, [page])).toEqual(['x.md#c']);
    expect(commandsIn(page)).toEqual(['npm ci', 'npm run nothing # really']);
    expect(filesIn(page)).toEqual(['lib/nowhere.ts']);
  });
});

describe('the requirements', () => {
  const counts = { C: 8, D: 4, M: 6, S: 11, A: 4, T: 11, R: 4, L: 4, X: 4, P: 3, O: 4 };
  const numbers = Object.entries(counts).flatMap(([letter, count]) =>
    Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
  );
  const rows = readme.text
    .split('\n')
    .filter((line) => /^\| [A-Z]\d+ \|/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, number = '', state = '', what = '', shownBy = '']) => ({ number, state, what, shownBy }));

  it('are all there, in order', () => {
    expect(rows.map(({ number }) => number)).toEqual(numbers);
  });

  it.each(rows)('$number $state', ({ state, what, shownBy }) => {
    expect(['works', 'partly', 'not yet']).toContain(state);
    if (state === 'not yet') return expect(shownBy).toBe('');
    expect(what).not.toBe('');
    expect(shownBy).toMatch(/`test\//);
  });
});
