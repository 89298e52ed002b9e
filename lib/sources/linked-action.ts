// What somebody did about a lead, as the form behind the link of a mail sends it.
import * as z from 'zod';
import type { ActionCaptured, LeadAction } from '../../events/action-captured.v1.ts';
import type { LinkedAction } from '../domain/action-links.ts';
import type { Playbook } from '../domain/playbook/playbook.ts';
import { momentOf, sha256 } from './contract-shapes.ts';
import type { Reading } from './source.ts';

/** As browsers send it: every field is there, and a line ends in two characters. */
const pressed = z.object({
  /** Too long to be one of the playbook's, it is none. */
  reason: z.string().max(60).optional().catch(undefined),
  why: z
    .string()
    .transform((text) => text.toWellFormed().replace(/\r\n?/g, '\n').trim().slice(0, 1_000).toWellFormed())
    .catch(''),
  /** Which showing of the page it was. */
  shown: z.string().max(40).catch(''),
});

export interface Pressed {
  action: LinkedAction;
  token: string;
  fields: unknown;
  /** Milliseconds since 1970. */
  now: number;
  reasons: Playbook['notices']['badLead'];
}

const actionIn = ({ does, reason }: LinkedAction, typed: string | undefined, reasons: Pressed['reasons']) => {
  if (does === 'follow-up') return { does, how: 'other' } satisfies LeadAction;
  if (does !== 'bad') return { does } satisfies LeadAction;
  const find = (named: string | undefined) => reasons.find((one) => one.reason === named);
  // What the link says goes before what a form can be made to say.
  const found = find(reason) ?? find(typed);
  return found && ({ does, reason: found.reason, stage: found.stage } satisfies LeadAction);
};

/** By whom is told by the assignment the link was sent for. Pressed twice on one showing of the page it is one; a page opened again is
 * said anew, so that who took it back can say it once more. */
export const readLinkedAction = ({ action, token, fields, now, reasons }: Pressed): Reading<ActionCaptured> => {
  const { reason, why, shown } = pressed.parse(fields);
  const said = actionIn(action, reason, reasons);
  if (said === undefined) return { problems: [{ field: 'reason', label: 'Why', detail: 'has to be chosen' }] };
  const at = momentOf(now);
  const id = `action:link-${sha256([token, shown, 'reason' in said ? said.reason : ''].join('\n')).slice(0, 32)}`;
  const heard = { type: 'action-captured.v1', id, source: 'link', occurredAt: at, receivedAt: at } as const;
  const { leadId: lead, assignmentId: by } = action;
  return { lines: [{ ...heard, lead, action: said, by, ...(why !== '' && { why }) }] };
};
