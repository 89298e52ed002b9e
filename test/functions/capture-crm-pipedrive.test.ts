// Pipedrive's own payload through the route that it posts to.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createHandler } from '../../functions/capture-crm.ts';
import { testPlaybook } from '../domain/playbooks.ts';
import { call, documentOf, expectProblem, rememberingPorts } from './capture-harness.ts';

const documents = JSON.parse(
  readFileSync(new URL('../fixtures/webhooks/pipedrive-v2.json', import.meta.url), 'utf8'),
) as Record<string, object>;

const setUp = (secrets = ['muster:s3cret']) => {
  const memory = rememberingPorts();
  const handler = createHandler({
    ...memory.ports,
    playbook: async () => testPlaybook(),
    connections: { pd: { kind: 'pipedrive', companyId: 8_087_566 } },
    secrets: {
      webhookSecrets: async () => secrets,
      readTokens: async () => [],
      crmCredentials: async () => undefined,
      decisionTokens: async () => [],
      operatorTokens: async () => [],
    },
  });
  const post = (name: string, credentials = 'muster:s3cret', more: object = {}) =>
    call(handler, {
      ...{ path: '/crm/pd', route: 'POST /crm/{source}', parameters: { source: 'pd' } },
      body: JSON.stringify({ ...documents[name], ...more }),
      headers: {
        authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
        'content-type': 'application/json',
      },
    });
  return { ...memory, post };
};

test('a record with a long text in it is taken, where other bodies end at 64 KB', async () => {
  const { post, lines } = setUp();

  const response = await post('person-change', undefined, { previous: { notes: 'x'.repeat(100_000) } });

  expect(response.statusCode).toBe(202);
  expect(lines()).not.toHaveLength(0);
});

test('a change is on the queue when Pipedrive hears so', async () => {
  const { post, lines } = setUp();

  const response = await post('person-change');

  expect([response.statusCode, documentOf(response)]).toEqual([202, { accepted: 1 }]);
  expect(lines()).toMatchObject([{ source: 'pd', change: { object: 'person', externalId: '8' } }]);
});

test('what means nothing here is accepted and said in the log, so that Pipedrive bans nobody', async () => {
  const { post, lines, logged } = setUp();

  const response = await post('user-change');

  expect([response.statusCode, documentOf(response)]).toEqual([202, { accepted: 0 }]);
  expect(lines()).toEqual([]);
  expect(logged).toContainEqual({
    ...{ level: 'warn', message: 'unread' },
    fields: { source: 'pd', what: 'change of user', why: 'records of this kind mean nothing here' },
  });
});

test('without the password nobody is heard', async () => {
  const { post, bodies } = setUp();

  expectProblem(await post('person-change', 'muster:guess'), 401);
  expect(bodies).toEqual([]);
});

test('a secret that is no user and password is our own fault', async () => {
  const { post } = setUp(['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']);

  expectProblem(await post('person-change'), 500);
});
