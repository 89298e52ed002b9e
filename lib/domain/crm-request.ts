// What somebody asks a CRM to do by its own calls: merge two of its records, or convert a lead of its own. The body of a queue message.
// Never on the bus: it names who asked.
import * as z from 'zod';
import { identityDecidedV1 } from '../../events/identity-decided.v1.ts';
import { id, moment } from '../../events/moment.ts';

const record = z.string().min(1).max(100);
const { by, why } = identityDecidedV1.unwrap().shape;

export const crmMerge = z.strictObject({
  call: z.literal('merge'),
  object: z.enum(['person', 'account']),
  /** The record that stays. */
  into: record,
  from: record,
});
export const crmConversion = z.strictObject({
  call: z.literal('convert'),
  lead: record,
  /** The account its contact is to be of; without one the CRM makes one. */
  account: record.optional(),
});

export const crmRequest = z.strictObject({
  type: z.literal('crm-requested.v1'),
  /** Of what is asked, not of who asks: the same again is the same request. */
  requestId: id,
  at: moment,
  /** The connection's name in the tenant file. */
  source: z.string().min(1).max(60),
  wants: z.discriminatedUnion('call', [crmMerge, crmConversion]),
  by,
  why,
});
export type CrmRequest = z.infer<typeof crmRequest>;

/** How far it has come. `gone` and `refused` are what the CRM said; `detail` says why, or what is waited for. */
export interface CrmAsking {
  state: 'waiting' | 'written' | 'gone' | 'refused';
  detail?: string | undefined;
  /** Since then, ISO. */
  since: string;
  /** What a conversion made of the lead, or found. */
  contact?: string | undefined;
  account?: string | undefined;
}

/** What became of a request, for as long as anybody asks. */
export interface CrmAsked extends CrmAsking {
  requestId: string;
  request: CrmRequest;
  /** Calls so far that the CRM may have heard, the one at hand included. */
  tries: number;
  /** Not before then: somebody is at it, or the CRM was not to be reached. */
  retryAt?: string | undefined;
  /** When it was asked before, and came to nothing. */
  before?: (CrmAsking & Pick<CrmRequest, 'by' | 'why'> & { askedAt: string })[];
}
