// POST /v1/{call}: web hits, from any client of the Segment tracking API.
import type { Queue } from '../lib/ports.ts';
import { readHits, writeKeyOf } from '../lib/sources/segment.ts';
import { segmentPath } from '../lib/sources/segment-call.ts';
import { captureLines } from '../lib/steps/capture.ts';
import { json } from './http/answer.ts';
import { type ApiOptions, type HttpHandler, postRoute } from './http/api.ts';
import { decodedBody, parsedJson } from './http/body.ts';
import { requireContentType } from './http/content-type.ts';
import { linesOf, orUnavailable, Problem } from './http/problem.ts';

export interface CaptureHitsPorts extends ApiOptions {
  queue: Queue;
  writeKeys: readonly string[];
  allowedOrigins: readonly string[];
}

export const createHandler = (ports: CaptureHitsPorts): HttpHandler =>
  postRoute(ports, async (event) => {
    const path = segmentPath(event.rawPath);
    if (!path) throw new Problem(404, 'There is no such call');
    // The client's metrics of itself: refused, they would come again.
    if (path === 'metrics') return json(200, { success: true });
    // Beacons say text; server libraries were seen to say form, and mean JSON.
    requireContentType(event, ['json', 'text', 'url-encoded']);
    const document = parsedJson(decodedBody(event));
    const { headers, requestContext } = event;
    if (!ports.writeKeys.includes(writeKeyOf(headers, document) ?? ''))
      throw new Problem(401, 'The write key is not known');
    const { requestId, http } = requestContext;
    const delivery = { path, document, headers, address: http.sourceIp, requestId, now: ports.clock.now() };
    const lines = linesOf(readHits(delivery));
    await orUnavailable(captureLines(ports, lines));
    return json(200, { success: true });
  });
