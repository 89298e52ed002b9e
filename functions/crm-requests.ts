// POST /crm-requests: has a CRM merge two of its records, or convert a lead of its own. Decided by somebody who says why.
import type { Connection } from '../lib/domain/connection.ts';
import type { Queue } from '../lib/ports.ts';
import { readCrmRequest } from '../lib/sources/crm-request.ts';
import { json } from './http/answer.ts';
import { type ApiOptions, type HttpHandler, postRoute } from './http/api.ts';
import { decodedBody, parsedJson } from './http/body.ts';
import { type CallerPorts, requireCaller } from './http/caller.ts';
import { requireContentType } from './http/content-type.ts';
import { type DeedPorts, note, saidBy } from './http/deeds.ts';
import { orUnavailable, Problem } from './http/problem.ts';

export interface CrmRequestsPorts extends ApiOptions, CallerPorts, Pick<DeedPorts, 'table'> {
  /** The one to the CRMs; a tenant none of whose connections has an API has none. */
  queue: Queue | undefined;
  connections: Readonly<Record<string, Connection>>;
}

export const createHandler = (ports: CrmRequestsPorts): HttpHandler =>
  postRoute(ports, async (event) => {
    const { queue, connections, clock } = ports;
    const caller = await requireCaller(event, ports, 'decide');
    if (queue === undefined) throw new Problem(404, 'No connection here has an API');
    requireContentType(event, ['json']);
    const document = saidBy(parsedJson(decodedBody(event)), caller);
    const reading = readCrmRequest({ document, connections, now: clock.now() });
    if ('problems' in reading) throw new Problem(400, 'Some fields cannot be accepted', { errors: reading.problems });
    const { requestId: id, at, wants } = reading.request;
    // The same may be asked again where it came to nothing, by somebody else: another deed.
    const asking = `${id}:${event.requestContext.requestId}`;
    await note(ports, caller, { id: asking, what: `crm.${wants.call}`, about: [id] }, document);
    await orUnavailable(queue.send([JSON.stringify(reading.request)]));
    return json(202, { id, at });
  });
