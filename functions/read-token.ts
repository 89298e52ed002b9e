// Who may read, and decide: whoever sends one of the tenant's read tokens.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Secrets } from '../lib/ports.ts';
import { orUnavailable, Problem } from './http/problem.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

export const requireToken = async (event: APIGatewayProxyEventV2, secrets: Secrets): Promise<void> => {
  const given = /^Bearer (\S+)$/i.exec(event.headers.authorization ?? '')?.[1] ?? '';
  const tokens = await orUnavailable(secrets.readTokens());
  if (tokens.some((token) => timingSafeEqual(digest(token), digest(given)))) return;
  throw new Problem(401, 'The read token is missing or not known', { headers: { 'www-authenticate': 'Bearer' } });
};
