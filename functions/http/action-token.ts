// What the link of a mail stands for, or why it is worth nothing.
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { type LinkedAction, readActionToken } from '../../lib/domain/action-links.ts';
import type { Clock, LinkSecrets } from '../../lib/ports.ts';
import { noteOlder } from './older-secret.ts';
import { orUnavailable, Problem } from './problem.ts';

/** Throws 404 where the token is not ours, 410 where it has run out. */
export const actionOf = async (
  event: APIGatewayProxyEventV2,
  { secrets, clock }: { secrets: LinkSecrets; clock: Clock },
): Promise<{ action: LinkedAction; token: string }> => {
  const token = event.pathParameters?.token ?? '';
  const live = await orUnavailable(secrets.linkSecrets());
  const now = clock.now();
  const read = readActionToken(token, live, now);
  if ('action' in read && 'refused' in readActionToken(token, live.slice(0, 1), now)) noteOlder(event, 'links');
  if ('action' in read) return { action: read.action, token };
  throw read.refused === 'expired'
    ? new Problem(410, 'This link has run out; a newer mail about the lead has a newer one')
    : new Problem(404, 'This is no link of ours, or a part of it is missing');
};
