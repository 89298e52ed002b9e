// Makes of each Lambda entry one minified module with everything it needs, the AWS SDK included: AWS advises to bundle
// SDK v3 rather than use the runtime's, and the local cloud's runtime has none. esbuild in this process does all of
// them in two seconds, where one process a function would take longer than the deployment.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
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
  const entryOf = (name: string, path: string) => ({ in: join(entries, `${name}.ts`), out: path });
  const whole = names.filter((name) => !inParts.has(name));
  await buildInto(out, { entryPoints: whole.map((name) => entryOf(name, join(name, 'index'))) });
  for (const name of names.filter((one) => inParts.has(one))) {
    const parts = { splitting: true, chunkNames: 'part-[name]-[hash]' };
    await buildInto(join(out, name), { entryPoints: [entryOf(name, 'index')], ...parts });
  }
};

/** What has `import()` in it, for what few tenants need: the clients of three CRMs, of which a tenant mostly has one. Each is a file
 * beside the module and loaded when it is asked for. */
const inParts: ReadonlySet<string> = new Set(['sync-crm', 'pull-crm']);

const buildInto = async (outdir: string, options: Pick<BuildOptions, 'entryPoints' | 'splitting' | 'chunkNames'>) => {
  await build({
    ...options,
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
