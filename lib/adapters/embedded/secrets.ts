// The Secrets port over values given at the start: the embedded edition keeps no secret of its own.
import type { Secrets } from '../../ports.ts';

export interface SecretValues {
  /** Signing secrets by CRM connection, newest first. */
  webhooks?: Readonly<Record<string, readonly string[]>> | undefined;
  readTokens?: readonly string[] | undefined;
  decisionTokens?: readonly string[] | undefined;
}

export function createSecrets({ webhooks = {}, readTokens = [], decisionTokens = [] }: SecretValues): Secrets {
  return {
    webhookSecrets: async (source) => (Object.hasOwn(webhooks, source) ? (webhooks[source] ?? []) : []),
    readTokens: async () => readTokens,
    decisionTokens: async () => decisionTokens,
  };
}
