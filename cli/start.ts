// `muster start`: the whole system in this one process, with the demo tenant, its site and the live panel.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { loadTenant } from '../infra/tenant.ts';
import { createCrms } from '../lib/adapters/crm/crms.ts';
import { openGateway } from '../lib/adapters/embedded/http-gateway.ts';
import { createLog } from '../lib/adapters/embedded/log.ts';
import { createSecrets } from '../lib/adapters/embedded/secrets.ts';
import { createUsers, usersFile } from '../lib/adapters/embedded/users.ts';
import { createPoster } from '../lib/adapters/poster.ts';
import { systemClock } from '../lib/adapters/system-clock.ts';
import { mayPostTo } from '../lib/domain/destinations.ts';
import type { Log } from '../lib/ports.ts';
import { noteDeed } from '../lib/steps/audit.ts';
import { savePlaybook } from '../lib/steps/playbooks.ts';
import { panelAddress, serveWeb } from '../web/server.ts';
import { checkWriteBack } from './check-write-back.ts';
import { seedDemo } from './demo.ts';
import { type Muster, openMuster, type WrapConsumer } from './embedded.ts';
import { readCrmSecrets, readDestinationSecrets } from './given-secrets.ts';
import { loadPlaybook } from './load-playbook.ts';
import { type LocalSecrets, liveLocalSecrets, openLocalSecrets, secretsFile } from './local-secrets.ts';
import { routesOf } from './routes.ts';
import { root } from './stack.ts';
import { playbookFileOf } from './tenant-playbook.ts';
import { tenantsOption } from './tenants-option.ts';
import { typist } from './typist.ts';

export interface StartOptions {
  tenant?: string;
  /** Where its file is, if not with the project's own. */
  tenants?: string;
  /** A playbook's file; the tenant's own beside its file when left out. */
  playbook?: string;
  /** Folder of the state. */
  data?: string;
  fresh?: boolean;
  host?: string;
  port?: number;
  webPort?: number;
  smtp?: string;
  /** Logs each request, not only what goes wrong. */
  verbose?: boolean;
  /** Standard error when left out. */
  log?: Log;
  wrapConsumer?: WrapConsumer;
}

export interface Started extends LocalSecrets {
  apiUrl: string;
  webUrl: string;
  panelUrl: string;
  muster: Muster;
  stop(): Promise<void>;
}

const databaseFile = 'muster.db';
const ownFiles = [
  databaseFile,
  usersFile,
  `${databaseFile}-wal`,
  `${databaseFile}-shm`,
  `${databaseFile}-journal`,
  secretsFile,
];

/** The panel asks every second: told of each request, nobody would see what matters. */
const withoutInfo = (log: Log): Log => ({ ...log, info: () => undefined });

/** Opens the state, loads the playbook if it changed, and serves. Ready when it resolves. */
export const start = async (options: StartOptions = {}): Promise<Started> => {
  const { tenant: name = 'demo', data = join(root, '.muster', name), fresh = false, host, smtp } = options;
  const tenant = loadTenant(name, options.tenants);
  const { source, playbook } = loadPlaybook(options.playbook ?? playbookFileOf(name, options.tenants));
  checkWriteBack(tenant.crm, playbook);

  // By name: the folder is somebody's choice, and may hold more than ours.
  if (fresh) for (const file of ownFiles) rmSync(join(data, file), { force: true });
  mkdirSync(data, { recursive: true });
  const secrets = openLocalSecrets(data);
  const everything = options.log ?? createLog(systemClock);
  const log = options.verbose ? everything : withoutInfo(everything);
  const { webhooks, api: crmCredentials } = readCrmSecrets(data);
  const destinations = readDestinationSecrets(data);
  const { auditDays } = tenant.access;
  const live = liveLocalSecrets(data, (deed) => noteDeed({ table: muster.embedded.table, auditDays }, deed));
  const muster = openMuster({
    path: join(data, databaseFile),
    secrets: async () => {
      const { readToken, decisionToken, operatorToken, crmSecret, linkSecret } = await live();
      return {
        webhooks: { crm: crmSecret, ...webhooks },
        ...{ crmCredentials, destinations, readTokens: readToken, decisionTokens: decisionToken },
        ...{ operatorTokens: operatorToken, linkSecrets: linkSecret },
      };
    },
    crms: {
      connections: tenant.crm,
      crmOf: createCrms({ connections: tenant.crm, secrets: createSecrets({ crmCredentials }) }),
    },
    outside: { destinations: tenant.destinations, poster: createPoster({ mayPostTo }) },
    mail: smtp === undefined ? {} : { smtp: { url: smtp, from: tenant.mail.from } },
    linksTo: () => gateway.url,
    ...{ log, wrapConsumer: options.wrapConsumer, retention: tenant.retention },
  });
  await live();
  await savePlaybook(muster.embedded, source, playbook, { who: typist(), auditDays });
  const gateway = await openGateway(routesOf(muster, tenant, createUsers(join(data, usersFile))), {
    host,
    port: options.port,
    log: muster.log,
  });
  const web = await serveWeb({
    host,
    port: options.webPort ?? 0,
    apiUrl: gateway.url,
    writeKey: tenant.web.writeKeys[0]!,
  });
  muster.runtime.start();
  return {
    apiUrl: gateway.url,
    webUrl: web.url,
    panelUrl: panelAddress(web.url, { apiUrl: gateway.url, token: secrets.readToken }),
    ...secrets,
    muster,
    stop: async () => {
      await web.close();
      await gateway.close();
      await muster.runtime.stop();
      await muster.embedded.close();
    },
  };
};

const portNumber = (text: string): number => {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('a port is a number from 0 to 65535');
  return port;
};

export const startCommand = (): Command =>
  new Command('start')
    .description('run the whole system in this process, with the demo site and the live panel')
    .option('--tenant <name>', 'the tenant, named as its file', 'demo')
    .addOption(tenantsOption())
    .option('--playbook <file>', 'the playbook (default: <name>.playbook.yaml beside the tenant file)')
    .option('--data <folder>', 'where the state is kept (default: .muster/<tenant>)')
    .option('--fresh', 'begin empty: the state in the folder is deleted')
    .option('--verbose', 'log each request to standard error, not only what goes wrong')
    .option('--host <address>', 'the address to listen on; anything but loopback can be reached by others', '127.0.0.1')
    .option('--port <number>', 'the port of the API (default: a free one)', portNumber)
    .option('--web-port <number>', 'the port of the demo site (default: a free one)', portNumber)
    .option(
      '--smtp <url>',
      'hand mails to this server, smtp://user:password@host:port; without it they rest in the outbox',
    )
    .action(async (options: StartOptions) => {
      const started = await start(options);
      if (options.tenant === 'demo' && options.tenants === undefined) await seedDemo(started);
      console.log(`Demo site       ${started.webUrl}/demo.html`);
      console.log(`Live panel      ${started.panelUrl}`);
      console.log(`API             ${started.apiUrl}`);
      console.log(`Read token      ${started.readToken}`);
      console.log(`Decision token  ${started.decisionToken}`);
      console.log(`Operator token  ${started.operatorToken}`);
      console.log('Ctrl-C stops it; the state stays.');
      let stopping = false;
      const stop = (): void => {
        if (stopping) process.exit(130);
        stopping = true;
        void started.stop().then(() => process.exit(0));
      };
      process.on('SIGINT', stop).on('SIGTERM', stop);
    });
