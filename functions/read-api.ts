// GET /api/accounts, /api/accounts/{accountId}, /api/leads/{leadId} and /api/data-quality: what the console shows, for whoever has a
// read token.
import type { Secrets, Table } from '../lib/ports.ts';
import type { PlaybookReader } from '../lib/steps/playbooks.ts';
import { listAccounts, readAccount } from '../lib/steps/read-accounts.ts';
import { readLead } from '../lib/steps/read-lead.ts';
import { qualityCursor, readQuality } from '../lib/steps/read-quality.ts';
import { json } from './http/answer.ts';
import { type ApiOptions, getRoute, type HttpHandler } from './http/api.ts';
import { Problem } from './http/problem.ts';
import { requireToken } from './read-token.ts';

export interface ReadApiPorts extends ApiOptions {
  table: Table;
  playbook: PlaybookReader;
  secrets: Secrets;
  allowedOrigins: readonly string[];
}

const cursorIn = (query: string) => {
  const given = new URLSearchParams(query).get('cursor');
  const cursor = given === null ? undefined : qualityCursor(given);
  if (given !== null && cursor === undefined) {
    throw new Problem(400, 'The cursor is none that a page of this count answered as its next');
  }
  return cursor;
};

export const createHandler = (ports: ReadApiPorts): HttpHandler =>
  getRoute(ports, async (event) => {
    await requireToken(event, ports.secrets);
    const path = event.rawPath.slice(event.rawPath.indexOf('/api/'));
    if (path === '/api/accounts') return json(200, await listAccounts(ports));
    if (path === '/api/data-quality') return json(200, await readQuality(ports, cursorIn(event.rawQueryString)));
    const leadId = /^\/api\/leads\/([\w-]{1,100})$/.exec(path)?.[1];
    if (leadId !== undefined) {
      const lead = await readLead(ports.table, leadId);
      if (lead === undefined) throw new Problem(404, 'There is no such lead');
      return json(200, lead);
    }
    const accountId = /^\/api\/accounts\/([\w-]{1,100})$/.exec(path)?.[1];
    const account = accountId === undefined ? undefined : await readAccount(ports, accountId);
    if (account === undefined) throw new Problem(404, 'There is no such account');
    return json(200, account);
  });
