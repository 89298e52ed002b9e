// One thing a person did, as captured: a line of the journal and the body of a queue message. Never on the bus: it names people.
import * as z from 'zod';
import { id, moment } from './moment.ts';

const text = z.string().max(2_000);

/** What is known of a person, in the order it is shown. */
export const profileField = z.enum([
  'firstName',
  'lastName',
  'name',
  'company',
  'jobTitle',
  'country',
  'phone',
  'industry',
  'employees',
]);
export type ProfileField = z.infer<typeof profileField>;

/** What a touch says of the person: profile fields by our names, as typed; normalising them is the domain's. */
export const profileFields = z.lazy(() => z.partialRecord(profileField, z.string().max(500)));
export type ProfileFields = z.infer<typeof profileFields>;

/** The id of a person's lead, as a mail's link has it: never their address. */
export const leadReference = z.string().regex(/^lead_[0-9a-f]{16}$/);

/** What somebody said of mail that is not asked for; `textVersion`: which wording they said it to. */
export const consent = z.lazy(() =>
  z.strictObject({
    marketing: z.boolean(),
    textVersion: z.string().max(100).optional(),
  }),
);

export const doubtfulMail = z.enum(['freemail', 'disposable']);
export type DoubtfulMail = z.infer<typeof doubtfulMail>;

export const touchKind = z.enum([
  'form',
  'page',
  'event',
  'identify',
  'group',
  'alias',
  'webinar',
  'trade-show',
  'call',
]);

export const touchCapturedV1 = z.lazy(() =>
  z.strictObject({
    type: z.literal('touch-captured.v1'),
    /** `<source>:<delivery id>`; the same delivery has the same id however often it arrives. */
    id,
    source: z.string().max(60),
    kind: touchKind,
    occurredAt: moment,
    receivedAt: moment,
    person: z.strictObject({
      email: z.string().max(320).optional(),
      /** Who the browser or client says it is before an e-mail is known: `anon:<id>` or `user:<id>`. */
      visitor: id.optional(),
      /** A second name of the same visitor, as analytics clients send after identify. */
      alsoVisitor: id.optional(),
      /** Whose lead the link of a mail named that was opened in this browser. Weaker than an e-mail: mails are forwarded. */
      lead: leadReference.optional(),
    }),
    profile: profileFields.optional(),
    consent: consent.optional(),
    /** The browser asks that nothing be sold or shared of what it tells: Global Privacy Control. */
    optOut: z.literal('gpc').optional(),
    form: z.strictObject({ id: z.string().max(100), answers: z.record(z.string().max(100), text) }).optional(),
    event: z.string().max(200).optional(),
    page: z
      .strictObject({
        url: z.string().max(2_000).optional(),
        title: z.string().max(500).optional(),
        referrer: z.string().max(2_000).optional(),
        topic: z.string().max(100).optional(),
        dwellSeconds: z
          .number()
          .min(0)
          .max(86_400)
          // DynamoDB holds no number between 0 and 1e-130.
          .overwrite((seconds) => Math.round(seconds * 1_000) / 1_000)
          .optional(),
      })
      .optional(),
    campaign: z.string().max(200).optional(),
    /** Where on the network it came from, for visitors nobody knows by name; absent where privacy was asked for. */
    ip: z.union([z.ipv4(), z.ipv6()]).optional(),
    /** Why this touch is kept but scores nothing: a crawler's user agent, a filled honeypot. */
    flag: z.enum(['bot', 'spam']).optional(),
    /** The form's policy wants mail of this kind looked at. The touch scores as any other. */
    doubtfulMail: doubtfulMail.optional(),
  }),
);
export type TouchCaptured = z.infer<typeof touchCapturedV1>;

export const touchCapturedV1Sample: TouchCaptured = {
  type: 'touch-captured.v1',
  id: 'form:01JD8M2Q0Z8Y3V6K4T5N7R9WXA',
  source: 'form',
  kind: 'form',
  occurredAt: '2026-11-20T09:30:00.000Z',
  receivedAt: '2026-11-20T09:30:00.120Z',
  person: { email: 'buyer@acme.example', visitor: 'anon:4f7c' },
  profile: { firstName: 'Bea', lastName: 'Buyer', company: 'Acme', jobTitle: 'Head of Procurement' },
  form: { id: 'demo-request', answers: { email: 'buyer@acme.example', timeframe: 'this-quarter' } },
  page: { url: 'https://www.example.com/demo', title: 'Ask for a demo' },
};
