// What zod and the AWS SDK bring that no function of ours can ever come to, and esbuild cannot know that it may leave out:
// some 390 KB of each. Every plugin says why it is safe; test/infra/bundled-adapters.test.ts holds what is bundled against
// what is not.
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Plugin } from 'esbuild';
import { leftOutOfCrmClients } from './left-out-of-crm-clients.ts';
import { leftOutOfJsforce } from './left-out-of-jsforce.ts';

const replacing = (name: string, modules: RegExp, contents: string): Plugin => ({
  name,
  setup: ({ onLoad }) => onLoad({ filter: modules }, () => ({ contents, loader: 'js' })),
});

/** Of the modules only `kept` is real; whatever else is asked of them throws an error that names the plugin. */
const keepingOnly = (name: string, modules: RegExp, kept: readonly string[]): Plugin => ({
  name,
  setup: ({ onLoad }) =>
    onLoad({ filter: modules }, async ({ path, suffix }) => {
      if (suffix === '?whole') return undefined;
      const names = Object.keys(await import(path));
      const real = kept.filter((one) => names.includes(one));
      const gone = names.filter((one) => !kept.includes(one)).map((one) => `leftOut as ${one}`);
      return {
        contents: `const leftOut = () => { throw new Error('left out of bundles: ${name}'); };
export { ${gone.join(', ')} };
export { ${real.join(', ')} } from './${basename(path)}?whole';`,
        loader: 'js',
        resolveDir: dirname(path),
      };
    }),
});

// zod carries its messages in some fifty languages, and names them all where no bundler can leave them out: 261 KB of
// every function, for messages that are asked for in none but English.
const zodInEnglishOnly = replacing(
  'zod in English only',
  /zod[\\/]v4[\\/]locales[\\/]index\.js$/,
  "export { default as en } from './en.js';",
);

// Every zod schema can be written as a JSON schema: 16 KB, which only the command line does, for editors and for `check`.
// `aggregateChecks` also answers what a schema's bounds are.
const zodWithoutJsonSchema = keepingOnly(
  'zod without JSON schema',
  /zod[\\/]v4[\\/]core[\\/](?:to-json-schema|json-schema-processors)\.js$/,
  ['aggregateChecks'],
);

// The SDK looks for credentials in seven places, and signs in where it has to: 90 KB of every function. Lambda gives them as
// environment variables, which is where the SDK looks first.
const credentialsOfLambda = replacing(
  'credentials of Lambda',
  /@aws-sdk[\\/]credential-provider-node[\\/].*index\.js$/,
  "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';",
);

// Answers that come as a stream of events: none of the services called has one. 15 KB, behind an `import()` that only such
// an operation's schema leads to.
const noEventStreams = replacing(
  'no event streams',
  /@smithy[\\/]core[\\/]dist-es[\\/]submodules[\\/]event-streams[\\/]index\.js$/,
  "export const EventStreamSerde = class { constructor() { throw new Error('left out of bundles: event streams'); } };",
);

// SHA-256 written in JavaScript, for a Node built without OpenSSL: Lambda's is not.
const hashesOfNode = replacing(
  'hashes of Node',
  /@smithy[\\/]core[\\/]dist-es[\\/]submodules[\\/]checksum[\\/]sha256[\\/]Sha256Js\.js$/,
  'export const Sha256Js = undefined;',
);

// DynamoDB's client makes a cache of discovered endpoints, 9 KB with its libraries, and has no command any more that would
// look into it.
const noEndpointDiscovery = replacing(
  'no endpoint discovery',
  /@aws-sdk[\\/]middleware-endpoint-discovery[\\/]dist-es[\\/]index\.js$/,
  `const nowhere = () => undefined;
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = { environmentVariableSelector: nowhere, configFileSelector: nowhere };
export const resolveEndpointDiscoveryConfig = (config) => config;`,
);

// A client reads its version, for the user agent, in the whole of its package.json: 2 KB a client.
const versionsOnly: Plugin = {
  name: 'versions only',
  setup: ({ onLoad }) =>
    onLoad({ filter: /@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    }),
};

// A client describes each operation as data, some with computed keys (`[_h]: [...]`, where `_h` is "http"). What computes a
// key might have an effect, so esbuild keeps every operation of the service: 44 KB of SES, of which one is called.
const keysWithoutEffect: Plugin = {
  name: 'keys without effect',
  setup: ({ onLoad }) =>
    onLoad({ filter: /@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]schemas[\\/]schemas_0\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const names = new Map(
        [...text.matchAll(/^const (_\w+) = ("[^"]*");$/gm)].map(([, name, value]) => [name, value]),
      );
      const contents = text.replaceAll(/\[(_\w+)\]:/g, (computed, name) => {
        const value = names.get(name);
        return value === undefined ? computed : `${value}:`;
      });
      return { contents, loader: 'js' };
    }),
};

export const leftOut: readonly Plugin[] = [
  zodInEnglishOnly,
  zodWithoutJsonSchema,
  credentialsOfLambda,
  noEventStreams,
  hashesOfNode,
  noEndpointDiscovery,
  versionsOnly,
  keysWithoutEffect,
  leftOutOfJsforce,
  ...leftOutOfCrmClients,
];
