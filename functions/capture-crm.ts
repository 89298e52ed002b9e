// POST /crm/{source}: what a CRM reports, verified as its kind of connection is.
import type { Connection } from '../lib/domain/connection.ts';
import { crmMappingOf } from '../lib/domain/playbook/crm-mapping.ts';
import type { Playbook } from '../lib/domain/playbook/playbook.ts';
import type { Queue, Secrets } from '../lib/ports.ts';
import { webhookSources } from '../lib/sources/webhook-sources.ts';
import { captureLines } from '../lib/steps/capture.ts';
import { json } from './http/answer.ts';
import { type ApiOptions, type HttpHandler, postRoute } from './http/api.ts';
import { noteOlder } from './http/older-secret.ts';
import { linesOf, orUnavailable, Problem } from './http/problem.ts';
import { deliveryIn, documentIn } from './http/webhook-delivery.ts';

export interface CaptureCrmPorts extends ApiOptions {
  queue: Queue;
  secrets: Secrets;
  playbook: () => Promise<Playbook>;
  connections: Readonly<Record<string, Connection>>;
}

export const createHandler = (ports: CaptureCrmPorts): HttpHandler =>
  postRoute(ports, async (event) => {
    const source = event.pathParameters?.source ?? '';
    const connection = Object.hasOwn(ports.connections, source) ? ports.connections[source] : undefined;
    if (connection === undefined) throw new Problem(404, 'There is no such connection');
    const secrets = await orUnavailable(ports.secrets.webhookSecrets(source));
    // Ours to mend: some senders never send again what they are told is their own fault.
    if (secrets.length === 0) throw new Problem(503, 'The connection has no secret yet');
    const { verify, read, ...kind } = webhookSources[connection.kind];
    const delivery = deliveryIn(event, source, connection, ports.clock.now(), kind);
    if (!verify(delivery, secrets)) throw new Problem(401, 'The signature or its time is not valid');
    if (!verify(delivery, secrets.slice(0, 1))) noteOlder(event, `crm/${source}`);
    const document = documentIn(event, delivery.body, kind);
    const reading = read(delivery, document, crmMappingOf(await orUnavailable(ports.playbook()), source));
    const lines = linesOf(reading);
    await orUnavailable(captureLines(ports, lines));
    const unread = 'unread' in reading ? (reading.unread ?? []) : [];
    for (const one of unread) ports.log.warn('unread', { source, ...one });
    return kind.acknowledgement ?? json(202, { accepted: lines.length });
  });
