// What the clients of HubSpot and Pipedrive bring that no call of ours can ever come to: some 600 KB, most of it for sending files.
// test/infra/bundled-crm.test.ts holds what is bundled against what is not.
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

// Forms with files in them, and with them the list of all media types, 137 KB: none of the calls sends one. HubSpot's client and axios
// look whether a body is such a form.
const noForms: Plugin = {
  name: 'no forms',
  setup: ({ onLoad }) =>
    onLoad({ filter: /node_modules[\\/]form-data[\\/]lib[\\/]form_data\.js$/ }, () => ({
      contents:
        "module.exports = class FormData { constructor() { throw new Error('left out of bundles: forms with files'); } };",
      loader: 'js',
    })),
};

// How axios itself would send: by Node's http with redirects and proxies. Its calls are made by Muster's exchange.
const noTransportOfAxios: Plugin = {
  name: 'no transport of axios',
  setup: ({ onLoad }) =>
    onLoad({ filter: /node_modules[\\/]axios[\\/]lib[\\/]adapters[\\/](?:http|xhr|fetch)\.js$/ }, ({ path }) => ({
      contents: path.endsWith('fetch.js') ? 'export const getFetch = () => null;' : 'export default null;',
      loader: 'js',
    })),
};

// Pipedrive's client is there twice, and what its package exports is the one that no bundler can leave anything out of: 580 KB, of
// which four kinds of records are used. The other one, of modules, looks for its package.json where there is none.
const asked = 'asked for by its exports';
const pipedriveAsModules: Plugin = {
  name: 'Pipedrive as modules',
  setup: ({ onResolve, resolve }) => {
    onResolve({ filter: /^pipedrive\/v[12]$/ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
      if (pluginData === asked) return undefined;
      const exported = await resolve(path, { importer, resolveDir, kind, pluginData: asked });
      return { path: exported.path.replace(/(?<=dist[\\/])(?=versions[\\/])/, 'esm/'), sideEffects: false };
    });
    onResolve({ filter: /^\.\.\/\.\.\/\.\.\/package\.json$/ }, ({ importer, resolveDir }) =>
      /pipedrive[\\/]dist[\\/]esm[\\/]/.test(importer)
        ? { path: join(resolveDir, '../../../../package.json') }
        : undefined,
    );
  },
};

export const leftOutOfCrmClients: readonly Plugin[] = [noForms, noTransportOfAxios, pipedriveAsModules];
