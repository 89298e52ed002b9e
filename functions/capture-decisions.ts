// POST /identity/decisions: that two identities are one person, or are not; POST /review/decisions: which account a lead belongs to;
// POST /leads/actions: what somebody did about a lead. Each by somebody who is named.
import type { Queue } from '../lib/ports.ts';
import { captureLines } from '../lib/steps/capture.ts';
import { json } from './http/answer.ts';
import { type ApiOptions, type HttpHandler, postRoute } from './http/api.ts';
import { decodedBody, parsedJson } from './http/body.ts';
import { type CallerPorts, requireCaller } from './http/caller.ts';
import { requireContentType } from './http/content-type.ts';
import type { DecisionPorts } from './http/decided.ts';
import { readerAt } from './http/decisions.ts';
import { note, saidBy } from './http/deeds.ts';
import { orUnavailable } from './http/problem.ts';

export interface CaptureDecisionsPorts extends ApiOptions, DecisionPorts, CallerPorts {
  queue: Queue;
}

export const createHandler = (ports: CaptureDecisionsPorts): HttpHandler =>
  postRoute(ports, async (event) => {
    const { permission, read } = readerAt(event.rawPath);
    const caller = await requireCaller(event, ports, permission);
    requireContentType(event, ['json']);
    const document = saidBy(parsedJson(decodedBody(event)), caller);
    const { requestId } = event.requestContext;
    const { lines, deed, notRemembered = [] } = await read(ports, { document, requestId, scope: caller.scope });
    const { id } = lines[0]!;
    await note(ports, caller, { id, ...deed }, document);
    await orUnavailable(captureLines(ports, lines));
    return json(202, { id, ...(notRemembered.length > 0 && { notRemembered }) });
  });
