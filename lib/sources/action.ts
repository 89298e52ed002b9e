// What somebody did about a lead, as the API takes it.
import * as z from 'zod';
import { type ActionCaptured, actionCapturedV1, type LeadAction } from '../../events/action-captured.v1.ts';
import { subjectNamed } from '../domain/journal/subjects.ts';
import type { Playbook } from '../domain/playbook/playbook.ts';
import { contractId, momentOf } from './contract-shapes.ts';
import { fieldProblems } from './field-problems.ts';
import type { FieldProblem, Reading } from './source.ts';

const moment = () => z.iso.datetime({ offset: true, error: 'must be a moment such as 2026-11-20T11:40:00Z' });
const email = () => z.email('must be an e-mail address').max(320);

/** As the contract has it, but that the playbook says where a bad lead goes. */
const actionSent = () =>
  z.discriminatedUnion(
    'does',
    [
      z.strictObject({
        does: z.literal('follow-up'),
        how: z.enum(['call', 'email', 'meeting', 'other']).default('other'),
      }),
      z.strictObject({ does: z.literal('good') }),
      z.strictObject({ does: z.literal('bad'), reason: z.string().min(1).max(60) }),
      z.strictObject({ does: z.literal('hand-over') }),
      z.strictObject({ does: z.literal('reassign'), to: email().optional() }),
      z.strictObject({ does: z.literal('pause'), until: moment().optional() }),
      z.strictObject({ does: z.literal('resume') }),
    ],
    'must be follow-up, good, bad, hand-over, reassign, pause or resume',
  );
type ActionSent = z.infer<ReturnType<typeof actionSent>>;

/** With the same `id` sent again it is the same action. Made with the first: the function that takes it takes five other things. */
export const sentAction = z.lazy(() => {
  const { lead, why } = actionCapturedV1.unwrap().shape;
  return z.strictObject({
    id: z.string().min(1).max(100).optional(),
    ...{ lead, action: actionSent(), by: email(), why },
    occurredAt: moment().optional(),
  });
});
export type SentAction = z.infer<typeof sentAction>;

/** Clocks differ by so much. */
const toleranceMs = 5 * 60_000;
/** What moves a lead or its clock does so when it is said. */
const isOfThePast = ({ does }: ActionSent): boolean => does === 'follow-up' || does === 'good' || does === 'bad';

const timeProblems = ({ action, occurredAt }: SentAction, now: number): FieldProblem[] => {
  const problems: FieldProblem[] = [];
  if (occurredAt !== undefined && !isOfThePast(action)) {
    problems.push({ field: 'occurredAt', detail: `is not for ${action.does}, which counts from now on` });
  } else if (occurredAt !== undefined && Date.parse(occurredAt) > now + toleranceMs) {
    problems.push({ field: 'occurredAt', detail: 'lies ahead' });
  }
  if (action.does === 'pause' && action.until !== undefined && Date.parse(action.until) <= now) {
    problems.push({ field: 'action.until', detail: 'is over already' });
  }
  return problems;
};

/** Of an action that is in order by itself. */
export const readAction = (
  document: unknown,
  now: number,
): { sent: SentAction; leadId: string } | { problems: readonly FieldProblem[] } => {
  const parsed = sentAction.safeParse(document);
  if (!parsed.success) return { problems: fieldProblems(parsed.error) };
  const problems = timeProblems(parsed.data, now);
  const subject = subjectNamed(parsed.data.lead);
  if (subject?.is === 'person' && problems.length === 0) return { sent: parsed.data, leadId: subject.leadId };
  if (subject?.is !== 'person') problems.push({ field: 'lead', detail: 'is no e-mail address and no id of a lead' });
  return { problems };
};

type Known = Pick<Playbook, 'people' | 'notices'>;

/** What it comes to with what the playbook knows, or what that does not know. */
const knownAction = (action: ActionSent, { people, notices }: Known): LeadAction | FieldProblem => {
  if (action.does === 'bad') {
    const found = notices.badLead.find(({ reason }) => reason === action.reason);
    if (found !== undefined) return { ...action, stage: found.stage };
    const reasons = notices.badLead.map(({ reason }) => reason).join(', ');
    return { field: 'action.reason', detail: `is none of the playbook's: ${reasons}` };
  }
  if (action.does === 'pause') {
    return action.until === undefined
      ? { does: 'pause' }
      : { does: 'pause', until: momentOf(Date.parse(action.until)) };
  }
  if (action.does !== 'reassign' || action.to === undefined) return action;
  const to = people.find(({ email }) => email.toLowerCase() === action.to!.toLowerCase())?.email;
  return to === undefined ? { field: 'action.to', detail: "is none of the playbook's people" } : { ...action, to };
};

/** The line an action comes to. */
export const lineOfAction = (
  { id, action: said, occurredAt, by, why }: SentAction,
  leadId: string,
  { requestId, now, playbook }: { requestId: string; now: number; playbook: Known },
): Reading<ActionCaptured> => {
  const action = knownAction(said, playbook);
  if ('field' in action) return { refused: [action], detail: 'This cannot be taken' };
  const at = Math.max(0, Math.min(occurredAt === undefined ? now : Date.parse(occurredAt), now));
  const heard = { type: 'action-captured.v1', id: contractId('action:', id ?? requestId), source: 'action' } as const;
  const times = { occurredAt: momentOf(at), receivedAt: momentOf(now) };
  return { lines: [{ ...heard, ...times, lead: leadId, action, by, ...(why !== undefined && { why }) }] };
};
