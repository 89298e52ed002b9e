// Outbound Messages on the whole way in: Salesforce takes nothing for received but this very answer, so it must not have it
// before everything is durable, and never otherwise.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createHandler } from '../../functions/capture-crm.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { message, organisationId, sObject } from '../sources/salesforce-messages.ts';
import { call, expectProblem, rememberingPorts, type Sent } from './capture-harness.ts';

const secret = 'A7kQ2mZx9LrT4vBn8HsW1cYdE6gJ3pUf';
const ack =
  '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">' +
  '<soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack>' +
  '</notificationsResponse></soapenv:Body></soapenv:Envelope>';
const lead = message([sObject('Lead', { Email: 'bea@acme.example', Status: 'Open' })]);

const setUp = () => {
  const memory = rememberingPorts();
  const handler = createHandler({
    ...memory.ports,
    playbook: async () => testPlaybook(),
    connections: { sf: { kind: 'salesforce', organisationId } },
    secrets: {
      webhookSecrets: async () => [secret],
      readTokens: async () => [],
      crmCredentials: async () => undefined,
      decisionTokens: async () => [],
      operatorTokens: async () => [],
    },
  });
  const post = (body: string, sent: Sent = {}) =>
    call(handler, {
      path: `/crm/sf/${secret}`,
      route: 'POST /crm/{source}/{secret}',
      parameters: { source: 'sf', secret },
      headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' },
      body,
      ...sent,
    });
  return { ...memory, post };
};

test('a message is on the queue when Salesforce has its acknowledgement, to the byte', async () => {
  const { post, lines, logged, bodies } = setUp();

  const response = await post(lead);

  expect(response).toMatchObject({
    statusCode: 200,
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body: ack,
  });
  expect(lines()).toMatchObject([
    { source: 'sf', change: { object: 'person', email: 'bea@acme.example', crmStage: 'Open' } },
  ]);
  expect(JSON.stringify([logged, bodies, response])).not.toMatch(/AQ4AQ|session/i);
});

test('the real one is acknowledged as well', async () => {
  const real = readFileSync(
    join(import.meta.dirname, '../fixtures/webhooks/salesforce-outbound-message-account.xml'),
    'utf8',
  );
  const { post, lines } = setUp();

  const response = await post(real.replace('ABC90000000gNcmEAE', organisationId));

  expect(response.body).toBe(ack);
  expect(lines()).toHaveLength(1);
});

test('no acknowledgement while the queue is away, the answer then is 503', async () => {
  const { post, state } = setUp();
  state.queueFails = new Error('down');

  const response = await post(lead);

  expectProblem(response, 503);
  expect(response.body).not.toContain('Ack');
});

test('a hundred large records are taken, where other bodies end at 64 KB', async () => {
  const { post, lines } = setUp();
  const records = Array.from({ length: 100 }, (_, index) =>
    sObject('Lead', { LastName: `L${index}`, Company: 'x'.repeat(2_000) }, index + 1),
  );

  expect((await post(message(records))).body).toBe(ack);
  expect(lines()).toHaveLength(100);
});

test('what means nothing here is acknowledged and told, or it would come for a day', async () => {
  const { post, bodies, logged } = setUp();

  expect((await post(message([sObject('Case', { Subject: 'Secret matter' })]))).body).toBe(ack);
  expect(bodies).toEqual([]);
  expect(logged).toContainEqual({
    level: 'warn',
    message: 'unread',
    fields: { source: 'sf', what: 'Case', why: 'objects of this kind mean nothing here' },
  });
});

test.each<[string, number, string, Sent]>([
  ['another secret', 401, lead, { parameters: { source: 'sf', secret: `${secret}x` } }],
  ['no secret', 401, lead, { parameters: { source: 'sf' } }],
  ['another organisation', 422, message([sObject('Lead', { Email: 'a@b.example' })], '00D000000000063EAA'), {}],
  ['a document type', 400, `<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>${lead}`, {}],
  ['JSON', 415, '{}', { headers: { 'content-type': 'application/json' } }],
  ['too much', 413, lead + ' '.repeat(512 * 1_024), {}],
])('with %s there is no acknowledgement but %i', async (_, status, body, sent) => {
  const { post, bodies } = setUp();

  const response = await post(body, sent);

  expectProblem(response, status);
  expect(bodies).toEqual([]);
  expect(response.body).not.toContain(organisationId);
});
