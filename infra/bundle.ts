// Makes of each Lambda entry one minified module with everything it needs, the AWS SDK included: AWS advises to bundle
// SDK v3 rather than use the runtime's, and the local cloud's runtime has none. esbuild in this process does all of
// them in two seconds, where one process a function would take longer than the deployment.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { leftOut } from './left-out.ts';
import { packedLists } from './packed-lists.ts';

// Some parts of the SDK and its dependencies are CommonJS and call `require` for Node's own modules.
const requireForCommonJs =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

export interface Bundle {
  /** Where `<name>.ts` is looked for. */
  entries: string;
  names: readonly string[];
  /** `<out>/<name>/index.mjs` and its map are written, and what it loads in parts beside it; the folder is emptied before. */
  out: string;
}

/** Throws esbuild's BuildFailure, whose message names file and line. */
export const bundle = async ({ entries, names, out }: Bundle): Promise<void> => {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  await Promise.all(names.map((name) => buildInto(join(out, name), { in: join(entries, `${name}.ts`), out: 'index' })));
};

/** What is behind an `import()` is a file beside the module and loaded when it is asked for: what few need, such as the clients of three
 * CRMs, or what completes a playbook of an earlier release. */
const buildInto = async (outdir: string, entry: { in: string; out: string }) => {
  await build({
    entryPoints: [entry],
    splitting: true,
    chunkNames: 'part-[name]-[hash]',
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // Prefer the ESM build of a dependency: it can be tree-shaken.
    mainFields: ['module', 'main'],
    minify: true,
    sourcemap: true,
    // Line numbers are what a trace needs; the sources would triple what is uploaded.
    sourcesContent: false,
    legalComments: 'none',
    banner: { js: requireForCommonJs },
    logLevel: 'silent',
    plugins: [...leftOut, packedLists],
  });
};
