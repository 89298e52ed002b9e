// How often Secrets Manager is asked, and what is made of its answers.
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createSecrets } from '../../../lib/adapters/aws/secrets.ts';
import { createVirtualClock } from '../../../lib/adapters/embedded/clock.ts';

const manager = mockClient(SecretsManagerClient);
const start = Date.parse('2026-11-20T09:30:00.000Z');
const open = (clock = createVirtualClock(start)) =>
  createSecrets({ crm: 'crm-id', read: 'read-id' }, new SecretsManagerClient({ region: 'eu-central-1' }), clock);
const answers = (value: unknown) => ({ SecretString: typeof value === 'string' ? value : JSON.stringify(value) });

describe('secrets from Secrets Manager', () => {
  beforeEach(() => manager.reset());

  it('takes one value as the stack generates it, and several while one is rotated', async () => {
    manager
      .on(GetSecretValueCommand, { SecretId: 'crm-id' })
      .resolves(answers({ generic: 'one', other: ['new', 'old'] }));
    const secrets = open();
    expect(await secrets.webhookSecrets('generic')).toEqual(['one']);
    expect(await secrets.webhookSecrets('other')).toEqual(['new', 'old']);
  });

  it('takes credentials by connection, and what the stack generated for none', async () => {
    manager
      .on(GetSecretValueCommand, { SecretId: 'api-id' })
      .resolves(answers({ _: 'generated', sf: { clientId: 'a' } }));
    const secrets = createSecrets({ crmApi: 'api-id' }, new SecretsManagerClient({ region: 'eu-central-1' }));
    expect(await secrets.crmCredentials('sf')).toEqual({ clientId: 'a' });
    expect(await secrets.crmCredentials('_')).toBeUndefined();
    expect(await secrets.crmCredentials('other')).toBeUndefined();
  });

  it('asks once in five minutes, also when many ask at once', async () => {
    manager.on(GetSecretValueCommand).resolves(answers({ tokens: ['a'] }));
    const clock = createVirtualClock(start);
    const secrets = open(clock);
    await Promise.all([secrets.readTokens(), secrets.readTokens()]);
    clock.advanceTo(start + 299_000);
    await secrets.readTokens();
    expect(manager.calls()).toHaveLength(1);
    manager.on(GetSecretValueCommand).resolves(answers({ tokens: ['b'] }));
    clock.advanceTo(start + 300_000);
    expect(await secrets.readTokens()).toEqual(['b']);
  });

  it('does not keep a failure', async () => {
    manager
      .on(GetSecretValueCommand)
      .rejectsOnce(new Error('throttled'))
      .resolves(answers({ tokens: ['a'] }));
    const secrets = open();
    await expect(secrets.readTokens()).rejects.toThrow('throttled');
    expect(await secrets.readTokens()).toEqual(['a']);
  });

  it.each(['sesame', '{"tokens":5}', '["sesame"]', ''])('does not quote a secret it cannot read: %j', async (value) => {
    manager.on(GetSecretValueCommand).resolves(answers(value));
    const failure = await open()
      .readTokens()
      .catch((error: Error) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(String(failure)).not.toContain('sesame');
  });
});
