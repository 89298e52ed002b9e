// What is decided of the account a lead belongs to: the line of the journal it comes to.
import { idsNamed } from '../../lib/domain/deeds.ts';
import { decisionIdOf, lineOfDecision, readMatchDecision } from '../../lib/sources/match-decision.ts';
import { findDecided } from '../../lib/steps/find-decided.ts';
import { nothing, type Read } from './decided.ts';
import { linesOf, orUnavailable, Problem } from './problem.ts';

export const ofMatch: Read = async (ports, { document, requestId }) => {
  const reading = readMatchDecision(document);
  if ('problems' in reading) return { lines: linesOf(reading), deed: nothing };
  const { sent, leadId } = reading;
  // Only a decision with an id of its own can come again.
  const lineId = sent.id === undefined ? undefined : decisionIdOf(sent, requestId);
  const now = ports.clock.now();
  const lead = await orUnavailable(findDecided(ports, { leadId, accountId: sent.accountId, lineId, now }));
  if (lead === undefined) throw new Problem(404, 'There is no such lead');
  const decided = lineOfDecision(sent, lead, { requestId, now });
  const deed = { what: `review.${sent.decision}`, about: idsNamed([leadId, sent.accountId]) } as const;
  return { lines: linesOf(decided), deed, notRemembered: decided.left };
};
