// What each route takes as a body, made of the very schemas that its handler reads it with.
import * as z from 'zod';
import { crmChange } from '../../../events/crm-change-captured.v1.ts';
import { touchSent } from '../../../lib/domain/import/sent.ts';
import { asking, operationAsked } from '../../../lib/domain/operations.ts';
import { sentAction } from '../../../lib/sources/action.ts';
import { crmRequestSent } from '../../../lib/sources/crm-request.ts';
import { decisionSent } from '../../../lib/sources/decision.ts';
import { changesSent, touchesSent } from '../../../lib/sources/import.ts';
import { matchDecisionSent } from '../../../lib/sources/match-decision.ts';
import { segmentCall } from '../../../lib/sources/segment-call.ts';
import { changesReported } from '../../../lib/sources/signed-webhook.ts';
import { maximumItems } from '../../../lib/sources/source.ts';
import { exportAsked } from '../person-requests.ts';

const occurredAt = z.iso.datetime({ offset: true });

/** A change is one of these, and beside it stands when it became so. */
const changeWithMoment = z.union(crmChange.unwrap().options.map((option) => option.extend({ occurredAt })));

/** `type` is the path's to say but in a batch; the write key may stand in the body. */
const { type: _, ...fields } = segmentCall.shape;
const call = z.object({ ...fields, writeKey: z.string().optional() });

/** Whoever is to be erased may be named by their address too. */
const eraseByEmail = z.strictObject({ operation: z.literal('erase-person'), email: z.string().max(320), ...asking });

export const requests = {
  form: z
    .record(z.string(), z.unknown())
    .describe('The fields of the form as the playbook has them; besides `_visitor`, `_url` and others of the page.'),
  call,
  batch: z.object({
    writeKey: z.string().optional(),
    sentAt: z.string().nullish(),
    batch: z.array(segmentCall).min(1).max(maximumItems),
  }),
  changesReported: changesReported.extend({ changes: z.array(changeWithMoment).min(1).max(maximumItems) }),
  touches: touchesSent.extend({ touches: z.array(touchSent).min(1).max(maximumItems) }),
  changes: changesSent.extend({ changes: z.array(changeWithMoment).min(1).max(maximumItems) }),
  identity: decisionSent,
  review: matchDecisionSent,
  action: sentAction,
  crmRequest: crmRequestSent,
  operation: z.union([...operationAsked.options.map((option) => option.extend(asking)), eraseByEmail]),
  exportPerson: exportAsked.describe('Exactly one of `lead` and `email`.'),
  link: z.strictObject({
    shown: z.string().optional(),
    reason: z.string().max(60).optional(),
    why: z.string().max(1_000).optional(),
  }),
} as const satisfies Record<string, z.ZodType>;
