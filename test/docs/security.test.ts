// docs/explanation/security.md answers each risk of the list, with tests that there are.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../architecture/house.ts';
import { pages } from './markdown.ts';

const { text } = pages.find(({ path }) => path === 'docs/explanation/security.md')!;
const rows = [...text.matchAll(/^\| (API\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)];

it('answers the ten risks of 2023, in their order', () => {
  expect(rows.map(([, number]) => number)).toEqual(Array.from({ length: 10 }, (_, n) => `API${n + 1}`));
  // As https://owasp.org/API-Security/editions/2023 has them.
  expect(rows.map(([, , risk]) => risk)).toEqual([
    'Broken object level authorization',
    'Broken authentication',
    'Broken object property level authorization',
    'Unrestricted resource consumption',
    'Broken function level authorization',
    'Unrestricted access to sensitive business flows',
    'Server side request forgery',
    'Security misconfiguration',
    'Improper inventory management',
    'Unsafe consumption of APIs',
  ]);
});

it.each(
  rows.map(([, number, , , shownBy]) => [number!, shownBy!] as const),
)('%s names tests that there are', (_, shownBy) => {
  const tests = [...shownBy.matchAll(/`(test\/[\w./-]+)`/g)].map(([, path]) => path!);
  expect(tests.length).toBeGreaterThan(0);
  expect(tests.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
