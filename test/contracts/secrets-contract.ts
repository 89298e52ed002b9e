// What all Secrets must do: know the secrets they were given, newest first, and no others.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkSecrets, Secrets } from '../../lib/ports.ts';

export interface OpenSecrets {
  secrets: Secrets & LinkSecrets;
  close(): Promise<void>;
}
/** What the implementation under test is to hold. */
export const secretValues = {
  webhooks: { generic: ['whsec_bmV3bmV3bmV3bmV3bmV3bmV3bmV3', 'whsec_b2xkb2xkb2xkb2xkb2xkb2xkb2xk'] },
  crmCredentials: { generic: { clientId: 'id', clientSecret: 'sesame' } },
  readTokens: ['token-1'],
  decisionTokens: ['token-2'],
  operatorTokens: ['token-3'],
  linkSecrets: ['newest', 'older'],
};

export function secretsContract(name: string, open: (values: typeof secretValues) => Promise<OpenSecrets>): void {
  describe(`Secrets: ${name}`, () => {
    let opened: OpenSecrets;
    beforeAll(async () => {
      opened = await open(secretValues);
    });
    afterAll(() => opened?.close());

    it('answers the signing secrets of a source, and none of one it does not know', async () => {
      expect(await opened.secrets.webhookSecrets('generic')).toEqual(secretValues.webhooks.generic);
      expect(await opened.secrets.webhookSecrets('other')).toEqual([]);
      expect(await opened.secrets.webhookSecrets('constructor')).toEqual([]);
    });

    it('answers what opens the API of a connection, and nothing for one it does not know', async () => {
      expect(await opened.secrets.crmCredentials('generic')).toEqual(secretValues.crmCredentials.generic);
      expect(await opened.secrets.crmCredentials('other')).toBeUndefined();
      expect(await opened.secrets.crmCredentials('constructor')).toBeUndefined();
    });

    it('answers the read tokens', async () => {
      expect(await opened.secrets.readTokens()).toEqual(secretValues.readTokens);
    });

    it('answers the decision tokens, which are others', async () => {
      expect(await opened.secrets.decisionTokens()).toEqual(secretValues.decisionTokens);
    });

    it('answers the operator tokens, which are others again', async () => {
      expect(await opened.secrets.operatorTokens()).toEqual(secretValues.operatorTokens);
    });

    it('answers the secrets of links, the newest first', async () => {
      expect(await opened.secrets.linkSecrets()).toEqual(secretValues.linkSecrets);
    });
  });
}
