// GET /api/accounts, /api/accounts/{accountId}, /api/leads/{leadId}, /api/crm-requests/{id}, /api/review, /api/data-quality and
// /api/attainment: what the console shows, for whoever has a read token.
import type { Secrets, Table } from '../lib/ports.ts';
import type { PlaybookReader } from '../lib/steps/playbooks.ts';
import { listAccounts, readAccount } from '../lib/steps/read-accounts.ts';
import { readAttainment } from '../lib/steps/read-attainment.ts';
import { readCrmRequest } from '../lib/steps/read-crm-request.ts';
import { readLead } from '../lib/steps/read-lead.ts';
import { readQuality } from '../lib/steps/read-quality.ts';
import { readReview } from '../lib/steps/read-review.ts';
import { requireReader } from './bearer-token.ts';
import { json } from './http/answer.ts';
import { type ApiOptions, getRoute, type HttpHandler } from './http/api.ts';
import { Problem } from './http/problem.ts';
import { reviewAsked } from './http/query.ts';

export type ReadApiPorts = Required<ApiOptions> & { table: Table; playbook: PlaybookReader; secrets: Secrets };

const answerOr = (document: object | undefined, status: number, otherwise: string) => {
  if (document === undefined) throw new Problem(status, otherwise);
  return json(200, document);
};

export const createHandler = (ports: ReadApiPorts): HttpHandler =>
  getRoute(ports, async (event) => {
    await requireReader(event, ports.secrets);
    const path = event.rawPath.slice(event.rawPath.indexOf('/api/'));
    if (path === '/api/accounts') return json(200, await listAccounts(ports));
    if (path === '/api/review') return json(200, await readReview(ports, reviewAsked(event.rawQueryString)));
    if (path === '/api/data-quality') {
      const cursor = new URLSearchParams(event.rawQueryString).get('cursor');
      return answerOr(await readQuality(ports, cursor), 400, 'The cursor is none that a page answered as its next');
    }
    if (path === '/api/attainment') {
      const query = new URLSearchParams(event.rawQueryString);
      const report = await readAttainment(ports, { from: query.get('from'), to: query.get('to') });
      return answerOr(report, 400, 'from and to are weeks such as 2026-W47, in their order and at most 53');
    }
    const [, kind, id = ''] = /^\/api\/(accounts|leads|crm-requests)\/([\w-]{1,100})$/.exec(path) ?? [];
    if (kind === 'leads') return answerOr(await readLead(ports.table, id), 404, 'There is no such lead');
    if (kind === 'crm-requests')
      return answerOr(await readCrmRequest(ports.table, id), 404, 'There is no such request');
    return answerOr(await readAccount(ports, id), 404, 'There is no such account');
  });
