// What may be posted to be taken in beside forms, hits and CRM webhooks: touches that happened where no tracker was, and lists.
import * as z from 'zod';
import type { CrmChange } from '../../../events/crm-change-captured.v1.ts';
import { profileFields, touchCapturedV1 } from '../../../events/touch-captured.v1.ts';
import { normaliseEmail } from '../email.ts';

const occurredAt = z.iso.datetime({ offset: true });
/** Those of which somebody keeps a list. */
export const offlineKind = z.enum(['webinar', 'trade-show', 'call', 'form']);

/** Made with the first: the function that takes lists takes five other things. */
export const touchSent = z.lazy(() => {
  const { page, form, consent, campaign } = touchCapturedV1.unwrap().shape;
  const { title, topic } = page.unwrap().shape;
  return z
    .strictObject({
      /** Tells two touches apart that are equal otherwise, such as two calls of one day. */
      id: z.string().min(1).max(200).optional(),
      kind: offlineKind,
      occurredAt,
      email: z
        .string()
        .max(320)
        .refine((typed) => normaliseEmail(typed) !== undefined, 'is not an e-mail address'),
      title,
      topic,
      campaign,
      form,
      profile: profileFields.optional(),
      consent,
    })
    .refine(({ kind, form }) => (kind === 'form') === (form !== undefined), {
      path: ['form'],
      message: 'is what a form has, and nothing else',
    });
});
export type TouchSent = z.infer<typeof touchSent>;

/** A CRM change, beside when it became so. */
export const changeSent = z.looseObject({ occurredAt });
export type ChangeSent = CrmChange & { occurredAt: string };
