// The stub of Salesforce sends what the sources read: Outbound Messages until they are acknowledged to the letter, and change events of
// everything, of Muster's own writes too.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import type { CrmChangeCaptured } from '../../events/crm-change-captured.v1.ts';
import { noMapping } from '../../lib/domain/playbook/crm-mapping.ts';
import { isOurs } from '../../lib/sources/salesforce/our-client.ts';
import { changeOriginOf, readChangeEvent } from '../../lib/sources/salesforce-cdc.ts';
import { salesforceOutbound } from '../../lib/sources/salesforce-outbound.ts';
import { openSalesforce, organisationId, statusOf } from '../adapters/crm/salesforce-harness.ts';

const now = Date.parse('2026-11-23T00:00:00.000Z');
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const open = async () => {
  const opened = await openSalesforce();
  closing.push(() => opened.salesforce.close());
  return opened;
};

/** Takes messages as Muster does, and answers so; or as it is told. */
async function receiver(answer: { statusCode: number; body: string } = salesforceOutbound.acknowledgement!) {
  const lines: CrmChangeCaptured[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const { method = '', url = '' } = request;
    const delivery = {
      ...{
        source: 'salesforce',
        connection: { kind: 'salesforce' as const, organisationId },
        method,
        url,
        headers: {},
        body,
        now,
      },
      pathSecret: url.split('/').at(-1),
    };
    expect(salesforceOutbound.verify(delivery, ['topsecret'])).toBe(true);
    const reading = salesforceOutbound.read(delivery, body.toString(), noMapping);
    if ('lines' in reading) lines.push(...(reading.lines as CrmChangeCaptured[]));
    response.writeHead(answer.statusCode, { 'content-type': 'text/xml' }).end(answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/crm/salesforce/topsecret`, lines };
}

it('sends messages of what people do and of what is written to it', async () => {
  const { salesforce, crm } = await open();
  const { url, lines } = await receiver();
  const before = await salesforce.create('Lead', { LastName: 'Before', Company: 'Acme' });
  salesforce.sendTo(url);
  const lead = await salesforce.create('Lead', {
    LastName: 'Buyer & <Sons>',
    Email: 'b@acme.example',
    Company: 'Acme',
  });
  await crm.write([statusOf(before, 'MQL')]);
  await salesforce.settled();

  expect(lines.map(({ change }) => change)).toMatchObject([
    { object: 'person', externalId: lead, email: 'b@acme.example', profile: { lastName: 'Buyer & <Sons>' } },
    { object: 'person', externalId: before },
  ]);
  expect(salesforce.deliveries.map(({ status }) => status)).toEqual([200, 200]);
  salesforce.sendTo(undefined);
  await salesforce.change('Lead', lead, { Title: 'CTO' });
  expect(salesforce.deliveries).toHaveLength(2);
});

it.each([
  ['another status', { statusCode: 202, body: salesforceOutbound.acknowledgement!.body }],
  ['no acknowledgement', { statusCode: 200, body: '{"accepted":1}' }],
  ['a refusing one', { statusCode: 200, body: salesforceOutbound.acknowledgement!.body.replace('true', 'false') }],
])('takes %s for none', async (_what, answer) => {
  const { salesforce } = await open();
  salesforce.sendTo((await receiver(answer)).url);
  await expect(salesforce.create('Account', { Name: 'Acme' })).rejects.toThrow('not acknowledged');
});

it('has change events of everything, by whom and in transactions', async () => {
  const { salesforce, crm } = await open();
  const account = await salesforce.create('Account', { Name: 'Acme', BillingCountry: 'Germany' });
  const lead = await salesforce.create('Lead', {
    FirstName: 'Bea',
    LastName: 'Buyer',
    Company: 'Acme',
    Country: 'Germany',
  });
  await salesforce.change('Lead', lead, { LastName: 'Burns', Country: null });
  await crm.write([statusOf(lead, 'MQL')]);
  const { contact = '' } = await crm.convert(lead, account);
  await salesforce.remove('Contact', contact);
  await salesforce.undelete('Contact', contact);

  const read = salesforce.changeEvents.map((detail) =>
    readChangeEvent(detail, { source: 'sf', now, mapping: noMapping }),
  );
  expect(read.filter((one) => 'problems' in one)).toEqual([]);
  expect(read.flatMap((one) => ('lines' in one ? one.lines : [])).map(({ change }) => change)).toMatchObject([
    { object: 'account', externalId: account, country: 'Germany' },
    { object: 'person', externalId: lead, profile: { firstName: 'Bea', lastName: 'Buyer', country: 'Germany' } },
    { object: 'person', externalId: lead, profile: { lastName: 'Burns' } },
    { object: 'person', externalId: contact, accountExternalId: account },
    { object: 'person', externalId: lead, mergedInto: contact },
    { object: 'person', externalId: contact, deleted: true },
    { object: 'person', externalId: contact, deleted: false },
  ]);
  // What Muster wrote is no news, and nothing to be told of either.
  expect(read[3]).toEqual({ lines: [], unread: [] });
  const ours = salesforce.changeEvents.map((detail) => isOurs(changeOriginOf(detail)?.changeOrigin));
  expect(ours).toEqual([false, false, false, true, true, true, false, false]);
});
