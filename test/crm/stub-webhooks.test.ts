// The stubs send what the vendors do: the sources believe it and read of it what was done, Muster's own writes among it.
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHubspot } from '../../lib/adapters/crm/hubspot.ts';
import { createPipedrive } from '../../lib/adapters/crm/pipedrive.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { noMapping } from '../../lib/domain/playbook/crm-mapping.ts';
import { hubspot } from '../../lib/sources/hubspot.ts';
import { pipedrive } from '../../lib/sources/pipedrive.ts';
import type { WebhookDelivery, WebhookSource } from '../../lib/sources/source.ts';
import { openStubHubspot } from './stub-hubspot.ts';
import { openStubPipedrive } from './stub-pipedrive.ts';

let url: string;
let connection: Connection;
let heard: WebhookDelivery[];
const server = createServer(async (request: IncomingMessage, response) => {
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const body = await buffer(request);
  heard.push({ source: 'crm', connection, method: 'POST', url, headers, body, now: Date.now() });
  response.writeHead(202).end();
});

beforeEach(async () => {
  heard = [];
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/crm/crm`;
});
afterEach(async () => {
  server.close();
  server.closeAllConnections();
});

/** What came since it was last asked, as lines; throws on what is not signed or not read. */
const told = (source: WebhookSource, secret: string) =>
  heard.splice(0).flatMap((delivery) => {
    if (!source.verify(delivery, [secret])) throw new Error('not signed');
    const reading = source.read(delivery, JSON.parse(delivery.body.toString()), noMapping);
    if (!('lines' in reading)) throw new Error(JSON.stringify(reading));
    return reading.lines.map((line) => (line.type === 'crm-change-captured.v1' ? line.change : line.type));
  });

describe('HubSpot', () => {
  it('tells of what is made, changed, associated, merged, deleted and written by the API', async () => {
    connection = { kind: 'hubspot', portalId: 62515, writeBack: { person: { status: 'muster_status' }, account: {} } };
    const stub = await openStubHubspot({ clientSecret: 'client', portalId: 62515, accessToken: 'token' });
    const lost = await stub.create('contacts', { email: 'lost@acme.example' });
    stub.sendTo(url);
    const lines = () => told(hubspot, 'client');

    const bea = await stub.create('contacts', { email: 'bea@acme.example' });
    expect(lines()).toEqual([
      { object: 'person', externalId: bea },
      { object: 'person', externalId: bea, email: 'bea@acme.example' },
    ]);
    await stub.change('contacts', bea, { jobtitle: 'CTO' });
    await stub.change('contacts', bea, { jobtitle: 'CTO' });
    expect(lines()).toEqual([{ object: 'person', externalId: bea, profile: { jobTitle: 'CTO' } }]);
    const deal = await stub.create('deals', {});
    await stub.associate(deal, { contacts: [bea], companies: ['9'] });
    expect(lines()).toContainEqual({ object: 'opportunity', externalId: deal, accountExternalId: '9' });
    await stub.merge('contacts', bea, lost);
    expect(lines()).toEqual([{ object: 'person', externalId: lost, mergedInto: bea }]);

    const crm = createHubspot({
      connection: { ...connection, apiUrl: stub.url },
      credentials: { accessToken: 'token' },
    });
    await crm.write([{ object: 'person', externalId: bea, values: { status: 'Nurture' } }]);
    await stub.settled();
    expect(JSON.parse(stub.deliveries.at(-1)?.body ?? '')).toMatchObject([{ changeSource: 'INTEGRATION' }]);
    // What comes back of our own writing says nothing.
    expect(lines()).toEqual([]);

    await stub.remove('contacts', bea);
    expect(lines()).toEqual([{ object: 'person', externalId: bea, deleted: true }]);
    expect(stub.deliveries.map(({ status }) => status)).toEqual(stub.deliveries.map(() => 202));
    stub.sendTo(undefined);
    await stub.create('contacts', {});
    expect(heard).toEqual([]);
    await stub.close();
  });
});

describe('Pipedrive', () => {
  it('tells of what is made, changed, merged, deleted and written by the API', async () => {
    const status = 'bdd479c3cfdb9c50bae4fa4929ae944980da55d7';
    connection = { kind: 'pipedrive', companyId: 8087566, writeBack: { person: { status }, account: {} } };
    const stub = await openStubPipedrive({ basicAuth: 'muster:hook', companyId: 8087566, apiToken: 'token' });
    stub.sendTo(url);
    const lines = () => told(pipedrive, 'muster:hook');

    const bea = await stub.create('person', { name: 'Bea', emails: [{ value: 'bea@acme.example', primary: true }] });
    const other = await stub.create('person', { name: 'B.' });
    expect(lines()).toMatchObject([
      { object: 'person', externalId: bea, email: 'bea@acme.example' },
      { externalId: other },
    ]);
    await stub.change('person', bea, { job_title: 'CTO' });
    expect(lines()).toMatchObject([{ externalId: bea, profile: { jobTitle: 'CTO' } }]);
    expect(JSON.parse(stub.deliveries.at(-1)?.body ?? '')).toMatchObject({ previous: { job_title: null } });

    const crm = createPipedrive({
      connection: { ...connection, apiUrl: stub.url },
      credentials: { apiToken: 'token' },
    });
    await crm.write([{ object: 'person', externalId: bea, values: { status: 'Nurture' } }]);
    await stub.settled();
    expect(JSON.parse(stub.deliveries.at(-1)?.body ?? '')).toMatchObject({
      data: { custom_fields: { [status]: { type: 'varchar', value: 'Nurture' } } },
      previous: { custom_fields: { [status]: null } },
      meta: { change_source: 'api', action: 'change' },
    });
    lines();

    await stub.merge('person', bea, other);
    expect(lines()).toContainEqual({ object: 'person', externalId: other, mergedInto: bea });
    await stub.remove('person', bea);
    expect(lines()).toEqual([{ object: 'person', externalId: bea, deleted: true }]);
    await stub.close();
  });
});
