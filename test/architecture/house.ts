// Every source file of the house, tests apart.
import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { SourceFile } from './source-file.ts';

export const root = join(import.meta.dirname, '..', '..');

export const house: readonly SourceFile[] = globSync('{events,lib,functions,infra,cli,web}/**/*.{ts,js,mjs,cjs}', {
  cwd: root,
})
  .map((path) => path.split(sep).join('/'))
  .sort()
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
