// GET /api/…: what the console shows, for whoever has a read token or signed in; `http/documents.ts` has what is where.
import type { Table } from '../lib/ports.ts';
import type { PlaybookReader } from '../lib/steps/playbooks.ts';
import { json } from './http/answer.ts';
import { type ApiOptions, getRoute, type HttpHandler } from './http/api.ts';
import { type CallerPorts, requireCaller } from './http/caller.ts';
import { documentAt } from './http/documents.ts';
import { Problem } from './http/problem.ts';

export type ReadApiPorts = ApiOptions & CallerPorts & { table: Table; playbook: PlaybookReader };

export const createHandler = (ports: ReadApiPorts): HttpHandler =>
  getRoute(ports, async (event) => {
    const path = event.rawPath.slice(event.rawPath.indexOf('/api/') + '/api/'.length);
    const document = documentAt(path, new URLSearchParams(event.rawQueryString));
    // Before it is said that nothing is there: only callers are told what there is.
    const caller = await requireCaller(event, ports, document?.permission ?? 'read');
    if (document === undefined) throw new Problem(404, 'There is no such address');
    return json(200, await document.read(ports, caller));
  });
