// POST /identity/decisions: that two identities are one person, or are not, decided by somebody who says why.
import type { Queue, Secrets } from '../lib/ports.ts';
import { readDecision } from '../lib/sources/decision.ts';
import { captureLines } from '../lib/steps/capture.ts';
import { json } from './http/answer.ts';
import { type ApiOptions, type HttpHandler, postRoute } from './http/api.ts';
import { decodedBody, parsedJson } from './http/body.ts';
import { requireContentType } from './http/content-type.ts';
import { linesOf, orUnavailable, Problem } from './http/problem.ts';
import { requireToken } from './read-token.ts';

export interface CaptureDecisionsPorts extends ApiOptions {
  queue: Queue;
  secrets: Secrets;
}

export const createHandler = (ports: CaptureDecisionsPorts): HttpHandler =>
  postRoute(ports, async (event) => {
    if (!event.rawPath.endsWith('/identity/decisions')) throw new Problem(404, 'There is no such address');
    await requireToken(event, ports.secrets);
    requireContentType(event, ['json']);
    const document = parsedJson(decodedBody(event));
    const { requestId } = event.requestContext;
    const lines = linesOf(readDecision({ document, requestId, now: ports.clock.now() }));
    await orUnavailable(captureLines(ports, lines));
    return json(202, { id: lines[0]!.id });
  });
