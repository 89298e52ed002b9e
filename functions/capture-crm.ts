// POST /crm/{source}: what the CRM reports, signed.
import type { Queue, Secrets } from '../lib/ports.ts';
import { signedWebhook } from '../lib/sources/signed-webhook.ts';
import { captureLines } from '../lib/steps/capture.ts';
import { json } from './http/answer.ts';
import { type ApiOptions, type HttpHandler, postRoute } from './http/api.ts';
import { parsedJson, rawBody } from './http/body.ts';
import { requireContentType } from './http/content-type.ts';
import { linesOf, orUnavailable, Problem } from './http/problem.ts';

export interface CaptureCrmPorts extends ApiOptions {
  queue: Queue;
  secrets: Secrets;
}

export const createHandler = (ports: CaptureCrmPorts): HttpHandler =>
  postRoute(ports, async (event) => {
    const source = event.pathParameters?.source ?? '';
    const known = /^[a-z0-9][a-z0-9-]{0,59}$/.test(source);
    const secrets = known ? await orUnavailable(ports.secrets.webhookSecrets(source)) : [];
    if (secrets.length === 0) throw new Problem(404, 'There is no such connection');
    requireContentType(event, ['json']);
    const delivery = { source, headers: event.headers, body: rawBody(event), now: ports.clock.now() };
    if (!signedWebhook.verify(delivery, secrets)) throw new Problem(401, 'The signature or its time is not valid');
    const lines = linesOf(signedWebhook.read(delivery, parsedJson(delivery.body)));
    await orUnavailable(captureLines(ports, lines));
    return json(202, { accepted: lines.length });
  });
