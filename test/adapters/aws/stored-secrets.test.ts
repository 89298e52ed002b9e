// Secrets as they are replaced in Secrets Manager: read by the functions while that lasts, whatever shape they have.
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { createSecrets } from '../../../lib/adapters/aws/secrets.ts';
import { createStoredSecrets } from '../../../lib/adapters/aws/stored-secrets.ts';
import { storedSecretsContract } from '../../contracts/stored-secrets-contract.ts';

const manager = mockClient(SecretsManagerClient);
const client = new SecretsManagerClient({ region: 'eu-central-1' });
const kept = new Map<string, string>();
const places = {
  read: { id: 'read-id', key: 'tokens' },
  edge: { id: 'edge-id', key: 'sent', also: 'also' },
  'crm/one': { id: 'crm-id', key: 'one' },
  'crm/other': { id: 'crm-id', key: 'other' },
};
const stored = () => createStoredSecrets('eu-central-1', (name) => places[name as keyof typeof places], client);
/** As a function reads them that starts now. */
const functions = () => createSecrets({ read: 'read-id', edge: 'edge-id', crm: 'crm-id' }, client);

beforeEach(() => {
  manager.reset();
  kept.clear();
  kept.set('read-id', '{"tokens":"generated"}');
  kept.set('edge-id', '{"sent":"generated"}');
  kept.set('crm-id', '{"crm":"generated","one":"1","other":"2"}');
  manager.on(GetSecretValueCommand).callsFake(({ SecretId }) => ({ SecretString: kept.get(SecretId) }));
  manager.on(PutSecretValueCommand).callsFake(({ SecretId, SecretString }) => kept.set(SecretId, SecretString));
});

storedSecretsContract('tokens and CloudFront’s', { one: 'read', other: 'edge' }, async () => stored());
storedSecretsContract('CloudFront’s and a connection’s', { one: 'edge', other: 'crm/one' }, async () => stored());
storedSecretsContract('two of one secret', { one: 'crm/one', other: 'crm/other' }, async () => stored());

it('are read by the functions, both while one is replaced, and afterwards the new one alone', async () => {
  const rotatedAt = '2026-11-23T00:10:00.000Z';
  for (const name of Object.keys(places)) await stored().write(name, { values: ['new', 'old'], rotatedAt });
  const during = functions();
  expect(await during.readTokens()).toEqual(['new', 'old']);
  expect(await during.edgeSecrets()).toEqual(['new', 'old']);
  expect(await during.webhookSecrets('one')).toEqual(['new', 'old']);
  expect(await during.webhookSecrets('crm')).toEqual(['generated']);
  // CloudFormation looks this one up, and takes no list.
  expect(JSON.parse(kept.get('edge-id')!)).toMatchObject({ sent: 'new', also: ['old'] });
  for (const name of Object.keys(places)) await stored().write(name, { values: ['new'] });
  const after = functions();
  expect([await after.readTokens(), await after.edgeSecrets()]).toEqual([['new'], ['new']]);
  expect(await after.webhookSecrets('one')).toEqual(['new']);
  expect(kept.get('read-id')).toBe('{"tokens":"new"}');
});

it('are of no value where a connection has none yet, and get their first', async () => {
  kept.set('crm-id', '{"crm":"generated"}');
  expect(await stored().read('crm/one')).toEqual({ values: [] });
  await stored().write('crm/one', { values: ['first'] });
  expect(kept.get('crm-id')).toBe('{"crm":"generated","one":"first"}');
});

it.each([
  'sesame',
  '{"tokens":{"sesame":1}}',
  '["sesame"]',
])('are not quoted where they cannot be read: %j', async (text) => {
  kept.set('read-id', text);
  await expect(stored().read('read')).rejects.toThrow(/^((?!sesame).)*$/);
  await expect(stored().read('read')).rejects.toMatchObject({ code: 'secret-shape' });
});
