// The Secrets port over values that are given, once or anew each time: the embedded edition keeps no secret of its own.
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

/** Values, or what tells those that are live now. */
export type GivenSecrets = SecretValues | (() => Promise<SecretValues>);

export function createSecrets(given: GivenSecrets): Secrets & DestinationSecrets & LinkSecrets {
  const now = async (): Promise<SecretValues> => (typeof given === 'function' ? given() : given);
  const under = <Value>(values: Readonly<Record<string, Value>> = {}, name: string): Value | undefined =>
    Object.hasOwn(values, name) ? values[name] : undefined;
  return {
    webhookSecrets: async (source) => under((await now()).webhooks, source) ?? [],
    crmCredentials: async (source) => under((await now()).crmCredentials, source),
    destinationCredentials: async (name) => under((await now()).destinations, name),
    readTokens: async () => (await now()).readTokens ?? [],
    decisionTokens: async () => (await now()).decisionTokens ?? [],
    operatorTokens: async () => (await now()).operatorTokens ?? [],
    linkSecrets: async () => (await now()).linkSecrets ?? [],
  };
}
