// One thing the CRM reports, normalised from whichever CRM it is: a line of the journal and the body of a queue message.
import * as z from 'zod';
import { id, moment } from './moment.ts';
import { consent, profileFields } from './touch-captured.v1.ts';

const externalId = z.string().min(1).max(100);
const email = z.string().max(320);
/** As the CRM names it; what it means is the playbook's to say (`crm.<connection>.stages`), and to say otherwise later. */
const crmStage = z.string().min(1).max(200);
const ownerExternalId = externalId.nullable();
/** The record is gone, or back again (false). */
const deleted = z.boolean();

/** What sales did with a person. `working`: being followed up; `nurture`: sent back; the rest outlive the account. */
export const salesStage = z.enum(['open', 'working', 'nurture', 'disqualified', 'partner', 'no-longer-with-company']);
export type SalesStage = z.infer<typeof salesStage>;

export const opportunityState = z.enum(['open', 'won', 'lost']);
export type OpportunityState = z.infer<typeof opportunityState>;

/** The two account statuses a person sets. */
export const accountStanding = z.enum(['disqualified', 'partner']);
export type AccountStanding = z.infer<typeof accountStanding>;

const person = () =>
  z.strictObject({
    object: z.literal('person'),
    externalId,
    email: email.optional(),
    accountExternalId: externalId.nullable().optional(),
    profile: profileFields.optional(),
    /** Given, or withdrawn. */
    consent: consent.optional(),
    /** Whether the CRM has them as unsubscribed from its mail. False takes nothing back and agrees to nothing (`unsubscribed.ts`). */
    unsubscribed: z.boolean().optional(),
    stage: salesStage.optional(),
    crmStage: crmStage.optional(),
    ownerEmail: email.optional(),
    ownerExternalId: ownerExternalId.optional(),
    /** The record that took this one in, by merge or by conversion of a lead to a contact; null: none any more. */
    mergedInto: externalId.nullable().optional(),
    deleted: deleted.optional(),
  });
const account = () =>
  z.strictObject({
    object: z.literal('account'),
    externalId,
    name: z.string().max(300).optional(),
    domains: z.array(z.string().max(253)).max(50).optional(),
    ownerEmail: email.optional(),
    ownerExternalId: ownerExternalId.optional(),
    industry: z.string().max(200).optional(),
    employees: z.number().int().min(0).optional(),
    /** A year, in the currency the tenant reckons in; to the hundredth, since DynamoDB holds no number between 0 and 1e-130. */
    revenue: z
      .number()
      .min(0)
      .max(Number.MAX_SAFE_INTEGER)
      .overwrite((amount) => Math.round(amount * 100) / 100)
      .optional(),
    /** What the company is known to use. */
    technologies: z.array(z.string().min(1).max(100)).max(100).optional(),
    country: z.string().max(100).optional(),
    /** The account it is a part of, by the same connection; null: of none any more. */
    parentExternalId: externalId.nullable().optional(),
    /** null takes it back. */
    standing: accountStanding.nullable().optional(),
    crmStage: crmStage.optional(),
    /** The account that took this one in; null: none any more. */
    mergedInto: externalId.nullable().optional(),
    deleted: deleted.optional(),
  });
const opportunity = () =>
  z.strictObject({
    object: z.literal('opportunity'),
    externalId,
    accountExternalId: externalId.nullable().optional(),
    primaryContactEmail: email.optional(),
    /** People of the CRM's who have to do with it; those not named stay what they were. */
    contacts: z
      .array(z.strictObject({ externalId, is: z.enum(['primary', 'other', 'none']) }))
      .max(50)
      .optional(),
    state: opportunityState.optional(),
    crmStage: crmStage.optional(),
    /** Which pipeline, type or record type it is of, as the CRM names it: by these the playbook tells renewals. */
    crmType: crmStage.optional(),
    /** A renewal made automatically counts only once worked. */
    renewal: z.boolean().optional(),
    worked: z.boolean().optional(),
    ownerEmail: email.optional(),
    ownerExternalId: ownerExternalId.optional(),
    deleted: deleted.optional(),
  });
const contract = () =>
  z.strictObject({
    object: z.literal('contract'),
    externalId,
    accountExternalId: externalId.nullable().optional(),
    startsAt: moment.optional(),
    /** null: until further notice. */
    endsAt: moment.nullable().optional(),
    /** Not agreed yet: it makes nobody a customer. */
    draft: z.boolean().optional(),
    deleted: deleted.optional(),
  });
const activity = () =>
  z.strictObject({
    object: z.literal('activity'),
    externalId,
    /** Of both, one at least. */
    personEmail: email.optional(),
    personExternalId: externalId.optional(),
    kind: z.enum(['call', 'email', 'meeting', 'other']),
  });

/** Made with the first that is read: it is a hundred schemas, and of the functions that carry the contracts few read a change. */
export const crmChange = z.lazy(() =>
  z.discriminatedUnion('object', [person(), account(), opportunity(), contract(), activity()]),
);
export type CrmChange = z.infer<typeof crmChange>;

export const crmChangeCapturedV1 = z.lazy(() =>
  z.strictObject({
    type: z.literal('crm-change-captured.v1'),
    id,
    /** The CRM connection's name in the tenant file; external ids are unique within it. */
    source: z.string().min(1).max(60),
    occurredAt: moment,
    receivedAt: moment,
    change: crmChange,
  }),
);
export type CrmChangeCaptured = z.infer<typeof crmChangeCapturedV1>;

export const crmChangeCapturedV1Sample: CrmChangeCaptured = {
  type: 'crm-change-captured.v1',
  id: 'crm:msg_p5jXN8AQM9LWM0D4loKWxJek.0',
  source: 'crm',
  occurredAt: '2026-11-19T15:00:00.000Z',
  receivedAt: '2026-11-19T15:00:01.000Z',
  change: { object: 'account', externalId: '4711', name: 'Acme Ltd', domains: ['acme.example'], employees: 850 },
};
