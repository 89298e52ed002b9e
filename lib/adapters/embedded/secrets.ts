// The Secrets port over values given at the start: the embedded edition keeps no secret of its own.
import type { DestinationSecrets, LinkSecrets, Secrets } from '../../ports.ts';

export interface SecretValues {
  /** Signing secrets by CRM connection, newest first. */
  webhooks?: Readonly<Record<string, readonly string[]>> | undefined;
  /** By CRM connection. */
  crmCredentials?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
  /** By destination. */
  destinations?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
  readTokens?: readonly string[] | undefined;
  decisionTokens?: readonly string[] | undefined;
  operatorTokens?: readonly string[] | undefined;
  /** Newest first. */
  linkSecrets?: readonly string[] | undefined;
}

export function createSecrets(values: SecretValues): Secrets & DestinationSecrets & LinkSecrets {
  const { webhooks = {}, crmCredentials = {}, destinations = {} } = values;
  const { readTokens = [], decisionTokens = [], operatorTokens = [], linkSecrets = [] } = values;
  return {
    webhookSecrets: async (source) => (Object.hasOwn(webhooks, source) ? (webhooks[source] ?? []) : []),
    crmCredentials: async (source) => (Object.hasOwn(crmCredentials, source) ? crmCredentials[source] : undefined),
    destinationCredentials: async (name) => (Object.hasOwn(destinations, name) ? destinations[name] : undefined),
    readTokens: async () => readTokens,
    decisionTokens: async () => decisionTokens,
    operatorTokens: async () => operatorTokens,
    linkSecrets: async () => linkSecrets,
  };
}
