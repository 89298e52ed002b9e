// Which files of a function's bundle are loaded as it starts: its module, and the parts that names without asking.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Names within the function's folder, with those `seen` before. */
export const loadedFiles = (folder: string, file = 'index.mjs', seen: ReadonlySet<string> = new Set()): Set<string> => {
  const found = new Set(seen);
  if (found.has(file)) return found;
  found.add(file);
  const parts = readFileSync(join(folder, file), 'utf8').matchAll(/(?:from|import)\s*"\.\/(part-[^"]+\.mjs)"/g);
  return [...parts].reduce((all, [, part]) => loadedFiles(folder, part, all), found);
};

export const bytesOf = (folder: string, files: ReadonlySet<string>): number =>
  [...files].reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
