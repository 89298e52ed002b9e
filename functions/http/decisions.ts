// What is decided where: by the address it is posted to, the line of the journal it comes to.
import type { Captured } from '../../events/catalogue.ts';
import type { Permission, Scope } from '../../lib/domain/access.ts';
import { type Deed, idsNamed } from '../../lib/domain/deeds.ts';
import type { Clock, Table } from '../../lib/ports.ts';
import { lineOfAction, readAction } from '../../lib/sources/action.ts';
import { readDecision } from '../../lib/sources/decision.ts';
import { decisionIdOf, lineOfDecision, readMatchDecision } from '../../lib/sources/match-decision.ts';
import type { FieldProblem } from '../../lib/sources/source.ts';
import { findDecided } from '../../lib/steps/find-decided.ts';
import { mayActOn } from '../../lib/steps/own-accounts.ts';
import type { PlaybookReader } from '../../lib/steps/playbooks.ts';
import { survivorOf } from '../../lib/steps/views/identities.ts';
import { linesOf, orUnavailable, Problem } from './problem.ts';

export interface DecisionPorts {
  table: Table;
  playbook: PlaybookReader;
  clock: Clock;
}

interface Sent {
  /** The body as parsed JSON. */
  document: unknown;
  requestId: string;
  /** Whose leads the caller may decide about. */
  scope: Scope;
}
interface Decided {
  lines: readonly Captured[];
  deed: Pick<Deed, 'what' | 'about'>;
  /** What is not remembered of it although nobody said so, and why. */
  notRemembered?: readonly FieldProblem[] | undefined;
}
type Read = (ports: DecisionPorts, sent: Sent) => Promise<Decided>;

const nothing: Decided['deed'] = { what: 'lead.nothing', about: [] };

const ofMatch: Read = async (ports, { document, requestId }) => {
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

const ofAction: Read = async ({ table, playbook, clock }, { document, requestId, scope }) => {
  const now = clock.now();
  const reading = readAction(document, now);
  if ('problems' in reading) return { lines: linesOf(reading), deed: nothing };
  const { sent, leadId } = reading;
  // A seller has no leads but those that are known: a slip of the pen would make another. Somebody else's is to them as none.
  const isKnown = (await orUnavailable(survivorOf(table, leadId))) !== undefined;
  const isTheirs = isKnown && (await orUnavailable(mayActOn({ table, playbook }, leadId, scope)));
  if (!isTheirs) throw new Problem(404, 'There is no such lead');
  const known = await orUnavailable(playbook());
  const lines = linesOf(lineOfAction(sent, leadId, { requestId, now, playbook: known }));
  return { lines, deed: { what: `lead.${sent.action.does}`, about: idsNamed([leadId]) } };
};

const ofIdentity: Read = async ({ clock }, sent) => {
  const lines = linesOf(readDecision({ ...sent, now: clock.now() }));
  const about = idsNamed(lines.flatMap(({ a, b }) => [a, b]));
  return { lines, deed: { what: `identity.${lines[0]!.decision}`, about } };
};

interface DecidedAt {
  permission: Permission;
  read: Read;
}
const reads: Readonly<Record<string, DecidedAt>> = {
  '/identity/decisions': { permission: 'decide', read: ofIdentity },
  '/review/decisions': { permission: 'decide', read: ofMatch },
  '/leads/actions': { permission: 'act', read: ofAction },
};

/** Throws 404 where nothing is decided at that address. */
export const readerAt = (rawPath: string): DecidedAt => {
  const [, read] = Object.entries(reads).find(([path]) => rawPath.endsWith(path)) ?? [];
  if (read === undefined) throw new Problem(404, 'There is no such address');
  return read;
};
