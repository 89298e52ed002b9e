// A tenant with three CRMs: their stubs, the file that names them in a folder of its own, their secrets, and the address they send to.
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { loadTenant } from '../../../infra/tenant.ts';
import type { Destinations } from '../../../lib/domain/destinations.ts';
import type { CrmDriver } from './driver.ts';
import { openHubspot } from './hubspot.ts';
import { openPipedrive } from './pipedrive.ts';
import { openSalesforce, type Relay } from './salesforce.ts';

export interface ConnectedCrms {
  /** The folder of the tenant's file. */
  tenants: string;
  /** By connection. */
  webhookSecrets: Record<string, string>;
  credentials: Record<string, Record<string, string>>;
  drivers: CrmDriver[];
  /** Where the edition is that CRMs send to from now on. */
  sendTo(apiUrl: string): void;
  /** What a CRM says from now on gets lost, until what is answered is called. */
  loseDeliveries(driver: CrmDriver): () => void;
  close(): Promise<void>;
}

/** A server before the edition's own, as many have: HubSpot signs its address, which has to be known before the edition has one. */
const openFront = async () => {
  let behind = '';
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    const own = Object.entries(headers).filter(
      ([name]) => !/^(?:host|connection|content-length|keep-alive)$/.test(name),
    );
    const body = await buffer(request);
    const sent = { method, headers: own.map(([name, value]): [string, string] => [name, String(value)]), body };
    const answer = await fetch(`${behind}${url}`, sent).catch(() => new Response(null, { status: 502 }));
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
    response.end(await answer.text());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo: (apiUrl: string) => {
      behind = apiUrl;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

/** The demo's tenant with these connections beside its own, and those outside who are told. */
const tenantsFolder = (connections: Readonly<Record<string, object>>, destinations: Destinations): string => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-tenants-'));
  const { name, ...demo } = loadTenant('demo');
  const file = { ...demo, crm: { ...demo.crm, ...connections }, destinations };
  writeFileSync(join(folder, `${name}.yaml`), JSON.stringify(file));
  return folder;
};

/** With a relay, for its change events, a second Salesforce besides that sends messages. */
export const connectCrms = async (destinations: Destinations, relay?: Relay): Promise<ConnectedCrms> => {
  const front = await openFront();
  const crms = await Promise.all([
    openHubspot('hubspot', front.url),
    openSalesforce('salesforce'),
    openPipedrive('pipedrive'),
    ...(relay ? [openSalesforce('salesforce-relayed', relay)] : []),
  ]);
  const by = <Value>(value: (crm: (typeof crms)[number]) => Value): Record<string, Value> =>
    Object.fromEntries(crms.map((crm) => [crm.driver.connection, value(crm)]));
  const tenants = tenantsFolder(
    by(({ tenant }) => tenant),
    destinations,
  );
  const urls = by(({ url }) => url(front.url));
  return {
    tenants,
    webhookSecrets: by(({ webhookSecret }) => webhookSecret),
    credentials: by(({ credentials }) => ({ ...credentials })),
    drivers: crms.map(({ driver }) => driver),
    sendTo: (apiUrl) => {
      front.leadTo(apiUrl);
      for (const { driver } of crms) driver.sendTo(urls[driver.connection]);
    },
    loseDeliveries: (driver) => {
      driver.sendTo(undefined);
      return () => driver.sendTo(urls[driver.connection]);
    },
    close: async () => {
      front.close();
      await Promise.all(crms.map(({ driver }) => driver.close()));
      rmSync(tenants, { recursive: true, force: true });
    },
  };
};
