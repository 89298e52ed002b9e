// GET and POST /act/{token}: by the link of a mail its reader says what they did about a lead. The link is followed by machines too, so
// GET only shows a button; what the button posts is recorded.
import type { AccessPolicy } from '../lib/domain/access.ts';
import type { LinkSecrets, Queue, Table } from '../lib/ports.ts';
import { readLinkedAction } from '../lib/sources/linked-action.ts';
import { captureLines } from '../lib/steps/capture.ts';
import type { PlaybookReader } from '../lib/steps/playbooks.ts';
import { confirmPage, recordedPage } from './http/action-pages.ts';
import { actionOf } from './http/action-token.ts';
import { type ApiOptions, type HttpHandler, pageRoute } from './http/api.ts';
import { requireContentType } from './http/content-type.ts';
import { note } from './http/deeds.ts';
import { formFields } from './http/form-fields.ts';
import { linesOf, orUnavailable } from './http/problem.ts';

export interface CaptureActionsPorts extends Omit<ApiOptions, 'allowedOrigins'> {
  queue: Queue;
  /** For the audit log alone. */
  table: Pick<Table, 'write'>;
  access?: AccessPolicy | undefined;
  secrets: LinkSecrets;
  playbook: PlaybookReader;
}

export const createHandler = (ports: CaptureActionsPorts): HttpHandler =>
  pageRoute(ports, async (event) => {
    const { action, token } = await actionOf(event, ports);
    const { badLead: reasons } = (await orUnavailable(ports.playbook())).notices;
    const now = ports.clock.now();
    if (event.requestContext.http.method !== 'POST') return confirmPage(action, reasons, new Date(now).toISOString());
    requireContentType(event, ['url-encoded']);
    const fields = Object.fromEntries(await formFields(event));
    const lines = linesOf(readLinkedAction({ action, token, fields, now, reasons }));
    const { id, by, lead, action: said } = lines[0]!;
    await note(ports, { who: by, via: 'link' }, { id, what: `lead.${said.does}`, about: [lead] }, fields);
    await orUnavailable(captureLines(ports, lines));
    return recordedPage();
  });
