// An event as what is posted to a destination of it: a signed webhook, or a message in a chat.
import type { Destination } from '../../domain/destinations.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import type { Post, Table } from '../../ports.ts';
import { type OutsideEvent, payloadOf } from './payload.ts';

type Credentials = Readonly<Record<string, string>>;

/** Anybody could sign with an empty key, or guess a short one: the specification asks for 24 bytes. */
const isKey = (secret: string): boolean => /^(whsec_)?[A-Za-z0-9+/]{32,}={0,2}$/.test(secret);

/** Newest first. While a secret is changed for another both sign: receivers take whichever they know. */
const secretsIn = ({ secret, previousSecret }: Credentials): string[] =>
  [secret, previousSecret].filter((one) => one !== undefined && one !== '') as string[];

/** Undefined where its credentials are missing, or none that anybody should use. */
export const postOf = async (
  table: Table,
  playbook: Playbook,
  destination: Destination,
  credentials: Credentials,
  event: OutsideEvent,
): Promise<Post | undefined> => {
  if (destination.kind !== 'webhook') return undefined;
  const secrets = secretsIn(credentials);
  if (secrets.length === 0 || !secrets.every(isKey)) return undefined;
  // The id is the event's, so that a receiver knows a repeat.
  const signed = { id: event.id, secrets };
  return { url: destination.url, body: await payloadOf(table, playbook, event), signed };
};
