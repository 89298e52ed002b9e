// The Secrets port on Secrets Manager, each secret a JSON object of values or lists of values.
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import type { Clock, DestinationSecrets, LinkSecrets, Secrets } from '../../ports.ts';
import { systemClock } from '../system-clock.ts';

/** One value, as the stack generates it, or several while one is being rotated for the next; newest first. */
const values = z.union([
  z
    .string()
    .min(1)
    .transform((one) => [one]),
  z.array(z.string().min(1)),
]);
/** Of a connection's API; of what else stands in its secret nothing is read. */
const credentials = z.record(z.string(), z.string());
const secret = z.record(z.string(), z.union([values, credentials]));
type Secret = z.infer<typeof secret>;

export interface SecretIds {
  /** `{"<source>": "<signing secret>" | ["<secret>", …]}`; left out where a function reads none. */
  crm?: string;
  /** `{"<connection>": {"<name>": "<credential>", …}}` */
  crmApi?: string;
  /** `{"<destination>": {"<name>": "<credential>", …}}` */
  destinations?: string;
  /** `{"tokens": "<bearer token>" | ["<token>", …]}` */
  read?: string;
  /** As `read` has it. */
  decisions?: string;
  /** As `read` has it. */
  operators?: string;
  /** `{"secrets": "<secret>" | ["<newest>", "<older>"]}` */
  links?: string;
  /** `{"sent": "<what CloudFront sends>", "also": ["<what is taken besides>"]}` */
  edge?: string;
}

/** A secret taken back is refused everywhere within five minutes, and a new one taken. */
export const secretsKeptMs = 5 * 60_000;

export function createSecrets(
  ids: SecretIds,
  client = new SecretsManagerClient(),
  clock: Clock = systemClock,
): Secrets & DestinationSecrets & LinkSecrets & { edgeSecrets(): Promise<readonly string[]> } {
  const kept = new Map<string, { until: number; value: Promise<Secret> }>();

  function read(name: string, id: string | undefined): Promise<Secret> {
    if (id === undefined) throw new Error(`this function was given no ${name} secret`);
    const known = kept.get(id);
    if (known !== undefined && clock.now() < known.until) return known.value;
    const value = fetchSecret(id);
    kept.set(id, { until: clock.now() + secretsKeptMs, value });
    // A failure is not kept: the next request asks again.
    value.catch(() => kept.delete(id));
    return value;
  }

  async function fetchSecret(id: string): Promise<Secret> {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: id }));
    return parseSecret(SecretString);
  }

  const listIn = async (name: string, id: string | undefined, key: string): Promise<readonly string[]> => {
    const found = await read(name, id);
    const value = Object.hasOwn(found, key) ? found[key] : undefined;
    return Array.isArray(value) ? value : [];
  };

  const credentialsIn = async (name: string, id: string | undefined, key: string) => {
    const found = await read(name, id);
    const value = Object.hasOwn(found, key) ? found[key] : undefined;
    return Array.isArray(value) ? undefined : value;
  };

  return {
    webhookSecrets: (source) => listIn('CRM', ids.crm, source),
    crmCredentials: (source) => credentialsIn('CRM API', ids.crmApi, source),
    destinationCredentials: (name) => credentialsIn('destinations', ids.destinations, name),
    readTokens: () => listIn('read', ids.read, 'tokens'),
    decisionTokens: () => listIn('decision', ids.decisions, 'tokens'),
    operatorTokens: () => listIn('operators', ids.operators, 'tokens'),
    linkSecrets: () => listIn('links', ids.links, 'secrets'),
    edgeSecrets: async () => [...(await listIn('edge', ids.edge, 'sent')), ...(await listIn('edge', ids.edge, 'also'))],
  };
}

/** Throws without quoting what it read. */
function parseSecret(text: string | undefined): Secret {
  let json: unknown;
  try {
    json = JSON.parse(text ?? '');
  } catch {
    throw new Error('the secret is not JSON');
  }
  const parsed = secret.safeParse(json);
  if (!parsed.success) throw new Error('the secret is not an object of texts, lists of texts or objects of texts');
  return parsed.data;
}
