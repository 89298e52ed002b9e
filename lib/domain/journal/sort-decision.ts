// Whom a decision on two identities is about.
import type { IdentityDecided } from '../../../events/identity-decided.v1.ts';
import { isPerson } from '../ids.ts';
import { type Sorted, subjectNamed } from './subjects.ts';

export const sortDecision = (line: IdentityDecided): Sorted => {
  const [a, b] = [subjectNamed(line.a), subjectNamed(line.b)];
  if (a === undefined || b === undefined) return { refused: 'neither a valid e-mail nor an id' };
  if (a.leadId === b.leadId) return { refused: 'both are the same' };
  if (![a, b].some(({ leadId }) => isPerson(leadId))) return { refused: 'neither of both is a person' };
  const { decision, occurredAt: at, by, why, id: lineId } = line;
  const heard = { decision, at, by, why, lineId, first: a.leadId };
  return {
    assignments: [
      { subject: a, line, decided: { other: b.leadId, decision: heard } },
      { subject: b, decided: { other: a.leadId, decision: heard } },
    ],
  };
};
