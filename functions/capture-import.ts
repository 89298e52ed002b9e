// POST /import/touches and /import/changes: lists, and touches from where no tracker was. Whoever may decide may do it.
import type { Connection } from '../lib/domain/connection.ts';
import { deedIdOfLines } from '../lib/domain/deeds.ts';
import type { Queue } from '../lib/ports.ts';
import { type ImportDelivery, readChanges, readTouches } from '../lib/sources/import.ts';
import type { Reading } from '../lib/sources/source.ts';
import { captureLines } from '../lib/steps/capture.ts';
import { json } from './http/answer.ts';
import { type ApiOptions, type HttpHandler, postRoute } from './http/api.ts';
import { decodedBody, parsedJson } from './http/body.ts';
import { type CallerPorts, requireCaller } from './http/caller.ts';
import { requireContentType } from './http/content-type.ts';
import { type DeedPorts, note } from './http/deeds.ts';
import { linesOf, orUnavailable, Problem } from './http/problem.ts';

export interface CaptureImportPorts extends ApiOptions, CallerPorts, Pick<DeedPorts, 'table'> {
  queue: Queue;
  connections: Readonly<Record<string, Connection>>;
}

const reads: Readonly<Record<string, (delivery: ImportDelivery, connections: readonly string[]) => Reading>> = {
  '/import/touches': readTouches,
  '/import/changes': readChanges,
};

export const createHandler = (ports: CaptureImportPorts): HttpHandler =>
  postRoute(ports, async (event) => {
    const [path, read] = Object.entries(reads).find(([path]) => event.rawPath.endsWith(path)) ?? [];
    if (path === undefined || read === undefined) throw new Problem(404, 'There is no such address');
    const caller = await requireCaller(event, ports, 'import');
    requireContentType(event, ['json']);
    const document = parsedJson(decodedBody(event));
    const lines = linesOf(read({ document, now: ports.clock.now() }, Object.keys(ports.connections)));
    const what = `import.${path === '/import/touches' ? 'touches' : 'changes'}` as const;
    const id = deedIdOfLines(lines.map((line) => line.id));
    await note(ports, caller, { id, what, about: [], lines: lines.length });
    await orUnavailable(captureLines(ports, lines));
    return json(202, { accepted: lines.length });
  });
