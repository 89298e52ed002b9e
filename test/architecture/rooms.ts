// The rooms of the house and the arrows between them: who may look into whom, and what each may use of the world. The
// tests hold every import to this table. A new room or a new library is a row or a word here, said on purpose.

export interface Room {
  name: string;
  /** A folder, or one file. Where two rooms fit a file, the longer path is its room. */
  path: string;
  what: string;
  /** Rooms it may import from, besides itself. */
  sees: readonly string[];
  /** Packages and modules of Node's it may use. `a/*` is all under `a/`; `node:http#STATUS_CODES` that one name of it. */
  uses: readonly string[];
  /** No clock, no chance, no environment, no network: what is not given as a parameter does not exist. */
  pure?: true;
}

const powertools = '@aws-lambda-powertools/*';

export const rooms = [
  {
    name: 'events',
    path: 'events/',
    what: 'what happened: contracts, one schema a file',
    sees: [],
    uses: ['zod'],
    pure: true,
  },
  {
    name: 'domain',
    path: 'lib/domain/',
    what: 'what it means: facts, scores, statuses, owners, clocks',
    sees: ['events'],
    uses: [
      'zod',
      'yaml',
      '@date-fns/tz/tzOffset',
      'luxon',
      'tldts-icann',
      'disposable-email-domains-js',
      'email-providers/all.json',
      'fastest-levenshtein',
      'ipaddr.js',
      'libphonenumber-js/min',
      'node:url#domainToASCII',
      'node:crypto#createHash',
      'node:crypto#createHmac',
      'node:crypto#timingSafeEqual',
    ],
    pure: true,
  },
  {
    name: 'subscriptions',
    path: 'lib/subscriptions.ts',
    what: 'which step hears which event',
    sees: ['events'],
    uses: [],
    pure: true,
  },
  {
    name: 'metrics',
    path: 'lib/metrics.ts',
    what: 'the numbers Muster tells of itself',
    sees: [],
    uses: [],
    pure: true,
  },
  {
    name: 'trace',
    path: 'lib/trace.ts',
    what: 'whose work this is: the id that goes with it from the door to the mail',
    sees: [],
    uses: ['node:async_hooks'],
    pure: true,
  },
  {
    name: 'ports',
    path: 'lib/ports.ts',
    what: 'what the steps need of the world',
    sees: ['events', 'subscriptions', 'metrics'],
    uses: [],
    pure: true,
  },
  {
    name: 'mending',
    path: 'lib/mending.ts',
    what: 'what mending needs of the world besides',
    sees: ['ports'],
    uses: [],
    pure: true,
  },
  {
    name: 'crm',
    path: 'lib/crm.ts',
    what: 'what the steps need of a CRM',
    sees: ['events'],
    uses: [],
    pure: true,
  },
  {
    name: 'network-owners',
    path: 'lib/network-owners/',
    what: 'whose network an address is in: which owners are companies, and a file to look them up in',
    sees: ['domain'],
    uses: ['ipaddr.js'],
    pure: true,
  },
  {
    name: 'table',
    path: 'lib/table/',
    what: 'where everything lies: keys and shapes of the items',
    sees: ['events', 'domain', 'ports', 'crm', 'trace'],
    uses: ['zod', 'node:zlib', 'node:crypto#createHash'],
    pure: true,
  },
  {
    name: 'sources',
    path: 'lib/sources/',
    what: 'who tells us: verify, then normalise',
    sees: ['events', 'domain'],
    uses: ['zod', 'isbot', 'node:crypto#createHash', 'node:crypto#createHmac', 'node:crypto#timingSafeEqual'],
    pure: true,
  },
  {
    name: 'steps',
    path: 'lib/steps/',
    what: 'load, decide, save; the world only by way of the ports',
    sees: ['events', 'domain', 'table', 'ports', 'mending', 'crm', 'trace', 'metrics'],
    uses: ['zod'],
    pure: true,
  },
  {
    name: 'limits',
    path: 'lib/adapters/',
    what: 'what both families of adapters share: what the services refuse, the clock on the wall, network owners',
    sees: ['ports', 'network-owners'],
    uses: [
      ...['node:fs', 'node:path', 'node:module#createRequire', 'node:dns/promises#lookup'],
      ...['node:crypto#createHash', 'node:crypto#createHmac'],
    ],
  },
  {
    name: 'aws',
    path: 'lib/adapters/aws/',
    what: 'the ports on AWS: the only place that knows the SDK',
    sees: ['events', 'subscriptions', 'ports', 'mending', 'limits', 'trace', 'metrics'],
    uses: [
      '@aws-sdk/*',
      powertools,
      'aws-lambda',
      'aws-jwt-verify',
      'aws-jwt-verify/*',
      'zod',
      'node:fs',
      'node:path',
      'node:crypto',
      'node:timers/promises',
    ],
  },
  {
    name: 'embedded',
    path: 'lib/adapters/embedded/',
    what: 'the same ports on one SQLite file',
    sees: ['events', 'subscriptions', 'ports', 'mending', 'limits', 'trace', 'metrics'],
    uses: ['node:*', 'nodemailer', 'aws-lambda', 'zod'],
  },
  {
    name: 'crm-clients',
    path: 'lib/adapters/crm/',
    what: 'the port to a CRM, one implementation a kind, on the vendor’s own client',
    sees: ['domain', 'crm', 'ports', 'sources'],
    uses: ['@hubspot/api-client/*', 'pipedrive/*', 'jsforce/*', 'zod', 'node:timers/promises', 'node:stream'],
  },
  {
    name: 'handlers',
    path: 'functions/',
    what: 'HTTP and queue handlers, the same for both editions',
    sees: ['events', 'domain', 'ports', 'mending', 'sources', 'steps', 'trace'],
    uses: ['@middy/*', powertools, 'aws-lambda', 'busboy', 'zod', 'node:crypto', 'node:zlib'],
  },
  {
    name: 'lambda',
    path: 'functions/lambda/',
    what: 'where AWS calls in: each wires one handler to the AWS adapters',
    sees: ['domain', 'handlers', 'web', 'ports', 'steps', 'limits', 'aws', 'crm-clients', 'trace'],
    uses: ['aws-lambda'],
  },
  {
    name: 'infra',
    path: 'infra/',
    what: 'the stack, as CDK constructs',
    sees: ['domain', 'table', 'subscriptions', 'limits', 'metrics'],
    uses: [
      ...['aws-cdk-lib', 'aws-cdk-lib/*', 'cdk-nag', 'constructs', 'esbuild', 'zod'],
      ...['node:fs', 'node:fs/promises', 'node:path', 'node:zlib'],
      // Bundling reads the packages whose data it packs.
      'import(path)',
    ],
  },
  {
    name: 'web',
    path: 'web/',
    what: 'what people see, and the server that serves it',
    sees: [],
    uses: ['node:*'],
  },
  {
    name: 'cli',
    path: 'cli/',
    what: 'what ops type; puts the embedded edition together',
    sees: [
      'events',
      'domain',
      'ports',
      'table',
      'sources',
      'steps',
      'limits',
      'aws',
      'embedded',
      'crm-clients',
      'handlers',
      'infra',
      'web',
      'subscriptions',
    ],
    uses: ['node:*', 'commander', 'csv-parse', 'listr2', 'zod'],
  },
] as const satisfies readonly Room[];
