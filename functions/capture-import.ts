// POST /import/touches and /import/changes: lists, and touches from where no tracker was. Whoever may decide may do it.
import type { Connection } from '../lib/domain/connection.ts';
import type { Queue, Secrets } from '../lib/ports.ts';
import { type ImportDelivery, readChanges, readTouches } from '../lib/sources/import.ts';
import type { Reading } from '../lib/sources/source.ts';
import { captureLines } from '../lib/steps/capture.ts';
import { requireDecider } from './bearer-token.ts';
import { json } from './http/answer.ts';
import { type ApiOptions, type HttpHandler, postRoute } from './http/api.ts';
import { decodedBody, parsedJson } from './http/body.ts';
import { requireContentType } from './http/content-type.ts';
import { linesOf, orUnavailable, Problem } from './http/problem.ts';

export interface CaptureImportPorts extends ApiOptions {
  queue: Queue;
  secrets: Secrets;
  connections: Readonly<Record<string, Connection>>;
}

const reads: Readonly<Record<string, (delivery: ImportDelivery, connections: readonly string[]) => Reading>> = {
  '/import/touches': readTouches,
  '/import/changes': readChanges,
};

export const createHandler = (ports: CaptureImportPorts): HttpHandler =>
  postRoute(ports, async (event) => {
    const [, read] = Object.entries(reads).find(([path]) => event.rawPath.endsWith(path)) ?? [];
    if (read === undefined) throw new Problem(404, 'There is no such address');
    await requireDecider(event, ports.secrets);
    requireContentType(event, ['json']);
    const document = parsedJson(decodedBody(event));
    const lines = linesOf(read({ document, now: ports.clock.now() }, Object.keys(ports.connections)));
    await orUnavailable(captureLines(ports, lines));
    return json(202, { accepted: lines.length });
  });
