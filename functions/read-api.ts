// GET /api/accounts and /api/accounts/{accountId}: what the console shows, for whoever has a read token.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Secrets, Table } from '../lib/ports.ts';
import type { PlaybookReader } from '../lib/steps/playbooks.ts';
import { listAccounts, readAccount } from '../lib/steps/read-accounts.ts';
import { json } from './http/answer.ts';
import { type ApiOptions, getRoute, type HttpHandler } from './http/api.ts';
import { orUnavailable, Problem } from './http/problem.ts';

export interface ReadApiPorts extends ApiOptions {
  table: Table;
  playbook: PlaybookReader;
  secrets: Secrets;
  allowedOrigins: readonly string[];
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const requireToken = async (event: APIGatewayProxyEventV2, secrets: Secrets): Promise<void> => {
  const given = /^Bearer (\S+)$/i.exec(event.headers.authorization ?? '')?.[1] ?? '';
  const tokens = await orUnavailable(secrets.readTokens());
  if (tokens.some((token) => timingSafeEqual(digest(token), digest(given)))) return;
  throw new Problem(401, 'The read token is missing or not known', { headers: { 'www-authenticate': 'Bearer' } });
};

export const createHandler = (ports: ReadApiPorts): HttpHandler =>
  getRoute(ports, async (event) => {
    await requireToken(event, ports.secrets);
    const path = event.rawPath.slice(event.rawPath.indexOf('/api/'));
    if (path === '/api/accounts') return json(200, await listAccounts(ports));
    const accountId = /^\/api\/accounts\/([\w-]{1,100})$/.exec(path)?.[1];
    const account = accountId === undefined ? undefined : await readAccount(ports, accountId);
    if (account === undefined) throw new Problem(404, 'There is no such account');
    return json(200, account);
  });
