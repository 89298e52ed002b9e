// Makes of each Lambda entry one minified module with everything it needs, the AWS SDK included: AWS advises to bundle
// SDK v3 rather than use the runtime's, and the local cloud's runtime has none. esbuild in this process does all of
// them in two seconds, where one process a function would take longer than the deployment.
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
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
  const asked: Parts = new Map();
  await buildInto(out, {
    entryPoints: whole.map((name) => entryOf(name, join(name, 'index'))),
    plugins: [...plugins, partsApart(asked)],
  });
  await addParts(out, asked, whole);
  for (const name of names.filter((one) => inParts.has(one))) {
    const parts = { splitting: true, chunkNames: 'part-[name]-[hash]' };
    await buildInto(join(out, name), { entryPoints: [entryOf(name, 'index')], plugins, ...parts });
  }
  if (!names.includes('panel')) return;
  cpSync(panelFiles, join(out, 'panel', 'panel'), { recursive: true });
  cpSync(apiDocument, join(out, 'panel', 'panel', 'openapi.json'));
};

/** What the function `panel` hands out, as it is. */
const panelFiles = join(import.meta.dirname, '..', 'web', 'panel');
const apiDocument = join(import.meta.dirname, '..', 'docs', 'reference', 'openapi.json');

/** What has `import()` in it, for what few tenants need: the clients of three CRMs, of which a tenant mostly has one; or for what is
 * seldom asked: decisions on accounts, exports, rebuilds. Each is a file beside the module, loaded when it is asked for, and shares
 * with it all that both need: a class they both know an error by is the same. */
const inParts: ReadonlySet<string> = new Set(['sync-crm', 'pull-crm', 'capture-decisions', 'operations', 'operate']);

/** Files to be beside a module, and their sources. */
type Parts = Map<string, string>;

/** What our own sources `import()`, where it shares no class of an error with them, is made once and put beside each module that may ask for it, with all it needs: splitting every
 * function by itself takes four times as long. */
const partsApart = (asked: Parts): Plugin => ({
  name: 'parts apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.{1,2}\// }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import' || resolveDir.includes('node_modules')) return undefined;
      const part = `part-${basename(path, '.ts')}`;
      asked.set(part, join(resolveDir, path));
      return { path: `./${part}.mjs`, external: true };
    }),
});

const addParts = async (out: string, parts: Parts, names: readonly string[]): Promise<void> => {
  const made = join(out, '.parts');
  await buildInto(made, { entryPoints: [...parts].map(([part, source]) => ({ in: source, out: part })), plugins });
  for (const name of names) {
    const module = readFileSync(join(out, name, 'index.mjs'), 'utf8');
    for (const part of parts.keys()) {
      if (!module.includes(`"./${part}.mjs"`)) continue;
      for (const file of [`${part}.mjs`, `${part}.mjs.map`]) copyFileSync(join(made, file), join(out, name, file));
    }
  }
  rmSync(made, { recursive: true, force: true });
};

const plugins = [...leftOut, packedLists];

const buildInto = async (
  outdir: string,
  options: Pick<BuildOptions, 'entryPoints' | 'splitting' | 'chunkNames' | 'plugins'>,
) => {
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
  });
};
