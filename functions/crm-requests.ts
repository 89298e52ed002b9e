// POST /crm-requests: has a CRM merge two of its records, or convert a lead of its own. Decided by somebody who says why.
import type { Connection } from '../lib/domain/connection.ts';
import type { Queue, Secrets } from '../lib/ports.ts';
import { readCrmRequest } from '../lib/sources/crm-request.ts';
import { requireDecider } from './bearer-token.ts';
import { json } from './http/answer.ts';
import { type ApiOptions, type HttpHandler, postRoute } from './http/api.ts';
import { decodedBody, parsedJson } from './http/body.ts';
import { requireContentType } from './http/content-type.ts';
import { orUnavailable, Problem } from './http/problem.ts';

export interface CrmRequestsPorts extends ApiOptions {
  /** The one to the CRMs; a tenant none of whose connections has an API has none. */
  queue: Queue | undefined;
  secrets: Secrets;
  connections: Readonly<Record<string, Connection>>;
}

export const createHandler = (ports: CrmRequestsPorts): HttpHandler =>
  postRoute(ports, async (event) => {
    const { queue, secrets, connections, clock } = ports;
    await requireDecider(event, secrets);
    if (queue === undefined) throw new Problem(404, 'No connection here has an API');
    requireContentType(event, ['json']);
    const reading = readCrmRequest({ document: parsedJson(decodedBody(event)), connections, now: clock.now() });
    if ('problems' in reading) throw new Problem(400, 'Some fields cannot be accepted', { errors: reading.problems });
    const { requestId: id, at } = reading.request;
    await orUnavailable(queue.send([JSON.stringify(reading.request)]));
    return json(202, { id, at });
  });
