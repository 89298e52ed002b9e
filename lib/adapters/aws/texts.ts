// Files that were bundled beside a function, read once when it starts: only what is there then has a name.
import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** By name, with the type they are served as. */
export const readTexts = (folder: URL): ReadonlyMap<string, { type: string; text: string }> =>
  new Map(
    readdirSync(folder).flatMap((name) => {
      const type = types[extname(name)];
      return type === undefined ? [] : [[name, { type, text: readFileSync(new URL(name, folder), 'utf8') }]];
    }),
  );
