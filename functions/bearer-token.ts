// Who may read, who may decide, and who may operate: whoever sends one of the tenant's tokens for it. To look at a lead is not to move it.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Secrets } from '../lib/ports.ts';
import { orUnavailable, Problem } from './http/problem.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const requireToken = async (event: APIGatewayProxyEventV2, known: Promise<readonly string[]>, kind: string) => {
  const given = /^Bearer (\S+)$/i.exec(event.headers.authorization ?? '')?.[1] ?? '';
  const tokens = await orUnavailable(known);
  if (tokens.some((token) => timingSafeEqual(digest(token), digest(given)))) return;
  throw new Problem(401, `The ${kind} token is missing or not known`, { headers: { 'www-authenticate': 'Bearer' } });
};

export const requireReader = (event: APIGatewayProxyEventV2, secrets: Secrets): Promise<void> =>
  requireToken(event, secrets.readTokens(), 'read');

export const requireDecider = (event: APIGatewayProxyEventV2, secrets: Secrets): Promise<void> =>
  requireToken(event, secrets.decisionTokens(), 'decision');

export const requireOperator = (event: APIGatewayProxyEventV2, secrets: Secrets): Promise<void> =>
  requireToken(event, secrets.operatorTokens(), 'operator');
