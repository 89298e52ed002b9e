// GET /api/…: what the console shows, for whoever has a read token; `http/documents.ts` has what is where.
import type { Secrets, Table } from '../lib/ports.ts';
import type { PlaybookReader } from '../lib/steps/playbooks.ts';
import { requireReader } from './bearer-token.ts';
import { json } from './http/answer.ts';
import { type ApiOptions, getRoute, type HttpHandler } from './http/api.ts';
import { documentAt } from './http/documents.ts';

export type ReadApiPorts = Required<ApiOptions> & { table: Table; playbook: PlaybookReader; secrets: Secrets };

export const createHandler = (ports: ReadApiPorts): HttpHandler =>
  getRoute(ports, async (event) => {
    await requireReader(event, ports.secrets);
    const path = event.rawPath.slice(event.rawPath.indexOf('/api/') + '/api/'.length);
    return json(200, await documentAt(ports, path, new URLSearchParams(event.rawQueryString)));
  });
