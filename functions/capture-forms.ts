// POST /forms/{formId}: what a person sent through a form of the tenant's site.
import { probablyMeant } from '../lib/domain/mail-typos.ts';
import type { Playbook } from '../lib/domain/playbook/playbook.ts';
import type { Queue } from '../lib/ports.ts';
import { momentOf } from '../lib/sources/contract-shapes.ts';
import { readForm } from '../lib/sources/form.ts';
import { captureLines } from '../lib/steps/capture.ts';
import { afterForm } from './http/after-form.ts';
import { json } from './http/answer.ts';
import { type ApiOptions, type HttpHandler, postRoute } from './http/api.ts';
import { isBrowserPost } from './http/content-type.ts';
import { formFields } from './http/form-fields.ts';
import { linesOf, orUnavailable, Problem } from './http/problem.ts';

export interface CaptureFormsPorts extends ApiOptions {
  queue: Queue;
  playbook: () => Promise<Playbook>;
  allowedOrigins: readonly string[];
}

export const createHandler = (ports: CaptureFormsPorts): HttpHandler =>
  postRoute(ports, async (event) => {
    const formId = event.pathParameters?.formId ?? '';
    const { forms } = await orUnavailable(ports.playbook());
    const form = Object.hasOwn(forms, formId) ? forms[formId] : undefined;
    if (!form) throw new Problem(404, 'There is no such form');
    const { headers, requestContext } = event;
    const fields = await formFields(event);
    const receivedAt = momentOf(ports.clock.now());
    const { requestId, http } = requestContext;
    const post = { formId, form, fields, headers, address: http.sourceIp, requestId, receivedAt };
    const lines = linesOf(readForm(post));
    await orUnavailable(captureLines(ports, lines));
    const { id: touchId, person } = lines[0]!;
    // Said once, to the person: nothing keeps it, and the address stays as typed.
    const suggestion = probablyMeant(person.email ?? '');
    return isBrowserPost(event)
      ? afterForm(event, form.redirect, ports.allowedOrigins, suggestion)
      : json(202, { touchId, suggestion });
  });
