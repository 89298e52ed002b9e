// What somebody decided of two identities, as the API takes it.
import * as z from 'zod';
import { type IdentityDecided, identityDecidedV1 } from '../../events/identity-decided.v1.ts';
import { sortDecision } from '../domain/journal/sort-decision.ts';
import { contractId, momentOf } from './contract-shapes.ts';
import { fieldProblems } from './field-problems.ts';
import type { Reading } from './source.ts';

/** With the same `id` sent again it is the same decision. Made with the first: the function that takes it takes five other things. */
export const decisionSent = z.lazy(() => {
  const { decision, a, b, by, why } = identityDecidedV1.unwrap().shape;
  return z.strictObject({ id: z.string().min(1).max(100).optional(), decision, a, b, by, why });
});

export interface DecisionDelivery {
  /** The body as parsed JSON. */
  document: unknown;
  requestId: string;
  /** Milliseconds since 1970. */
  now: number;
}

export const readDecision = ({ document, requestId, now }: DecisionDelivery): Reading<IdentityDecided> => {
  const sent = decisionSent.safeParse(document);
  if (!sent.success) return { problems: fieldProblems(sent.error) };
  const { id = requestId, ...said } = sent.data;
  const at = momentOf(now);
  const heard = { type: 'identity-decided.v1', id: contractId('decision:', id), source: 'decision' } as const;
  const line: IdentityDecided = { ...heard, occurredAt: at, receivedAt: at, ...said };
  const sorted = sortDecision(line);
  return 'refused' in sorted ? { problems: [{ field: 'a, b', detail: sorted.refused }] } : { lines: [line] };
};
