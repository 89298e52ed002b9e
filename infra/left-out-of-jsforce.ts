// What jsforce brings and `lib/adapters/crm/salesforce` never comes to: some 1.1 MB of 1.3. Only what jsforce itself asks for is
// replaced, and whatever of it is called all the same throws an error that says so; test/infra/bundled-salesforce.test.ts holds what
// is bundled against what is not.
import type { Plugin } from 'esbuild';

const leftOut = (what: string): string =>
  `const leftOut = () => { throw new Error('left out of bundles: ${what}'); };
class LeftOut { constructor() { leftOut(); } }
`;

/** By the name jsforce, or a package of its, asks for them by. */
const replaced: Readonly<Record<string, string>> = {
  // An HTTP client, 730 KB, beside the one Node has: our transport calls that. One agent is made when the module loads.
  undici: `${leftOut('the HTTP client of jsforce')}export class Agent {}
export { LeftOut as ProxyAgent, LeftOut as Response, leftOut as fetch };
export const errors = { SocketError: LeftOut };`,
  // Files that are sent with records, and with them all the world's media types: 170 KB.
  'form-data': `${leftOut('files')}export default LeftOut;`,
  // How that client is called, and the ways out of a browser: 20 KB. Our transport is the only one.
  './request': `${leftOut('jsforce’s own requests')}export { leftOut as default };
export const setDefaults = () => {};`,
  './browser/jsonp': 'export default { supported: false };',
  './browser/canvas': 'export default { supported: false };',
  './browser/client': `${leftOut('browsers')}export { LeftOut as BrowserClient };
export default undefined;`,
  // Where the command line of Salesforce keeps who is signed in: 6 KB.
  './registry': 'export default undefined;',
  // What the Bulk API answers: 85 KB.
  './csv': `${leftOut('CSV')}export { leftOut as parseCSV, leftOut as toCSV, leftOut as parseCSVStream, leftOut as serializeCSVStream };`,
  // jsforce reads XML by xml2js, and writes it by itself: 69 KB.
  xmlbuilder: `${leftOut('writing XML')}export { leftOut as create };`,
};

const asking = /[\\/]node_modules[\\/](?:jsforce|xml2js)[\\/]/;
const marked = '?left-out-of-jsforce=';

export const leftOutOfJsforce: Plugin = {
  name: 'left out of jsforce',
  setup: ({ onResolve, onLoad, resolve }) => {
    onResolve(
      { filter: /^(?:undici|form-data|xmlbuilder|\.\/(?:csv|request|registry|browser\/(?:jsonp|canvas|client)))$/ },
      async ({ path, pluginData, ...asked }) => {
        if (pluginData === marked || !asking.test(asked.importer)) return undefined;
        const { importer, resolveDir, kind } = asked;
        // Under the name of what it stands for, so that the source map names a file there is.
        const real = await resolve(path, { importer, resolveDir, kind, pluginData: marked });
        return { path: real.path, suffix: `${marked}${path}` };
      },
    );
    onLoad({ filter: /[\\/](?:undici|form-data|xmlbuilder|jsforce)[\\/]/ }, ({ suffix }) =>
      suffix.startsWith(marked) ? { contents: replaced[suffix.slice(marked.length)]!, loader: 'js' } : undefined,
    );
  },
};
