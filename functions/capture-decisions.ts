// POST /identity/decisions: that two identities are one person, or are not; POST /review/decisions: which account a lead belongs to;
// POST /leads/actions: what somebody did about a lead. Each by somebody who is named.
import type { Queue, Secrets } from '../lib/ports.ts';
import { captureLines } from '../lib/steps/capture.ts';
import { requireDecider } from './bearer-token.ts';
import { json } from './http/answer.ts';
import { type ApiOptions, type HttpHandler, postRoute } from './http/api.ts';
import { decodedBody, parsedJson } from './http/body.ts';
import { requireContentType } from './http/content-type.ts';
import { type DecisionPorts, readerAt } from './http/decisions.ts';
import { orUnavailable } from './http/problem.ts';

export interface CaptureDecisionsPorts extends ApiOptions, DecisionPorts {
  queue: Queue;
  secrets: Secrets;
}

export const createHandler = (ports: CaptureDecisionsPorts): HttpHandler =>
  postRoute(ports, async (event) => {
    const read = readerAt(event.rawPath);
    await requireDecider(event, ports.secrets);
    requireContentType(event, ['json']);
    const document = parsedJson(decodedBody(event));
    const { lines, notRemembered = [] } = await read(ports, { document, requestId: event.requestContext.requestId });
    await orUnavailable(captureLines(ports, lines));
    return json(202, { id: lines[0]!.id, ...(notRemembered.length > 0 && { notRemembered }) });
  });
