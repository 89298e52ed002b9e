// What is decided where: by the address it is posted to, the line of the journal it comes to.
import type { Permission } from '../../lib/domain/access.ts';
import { idsNamed } from '../../lib/domain/deeds.ts';
import { lineOfAction, readAction } from '../../lib/sources/action.ts';
import { readDecision } from '../../lib/sources/decision.ts';
import { mayActOn } from '../../lib/steps/own-accounts.ts';
import { survivorOf } from '../../lib/steps/views/identities.ts';
import { nothing, type Read } from './decided.ts';
import { linesOf, orUnavailable, Problem } from './problem.ts';

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
  // It knows every mail domain and how companies are named, which nothing else that is decided asks for: loaded when it is.
  '/review/decisions': {
    permission: 'decide',
    read: async (...given) => (await import('./match-decisions.ts')).ofMatch(...given),
  },
  '/leads/actions': { permission: 'act', read: ofAction },
};

/** Throws 404 where nothing is decided at that address. */
export const readerAt = (rawPath: string): DecidedAt => {
  const [, read] = Object.entries(reads).find(([path]) => rawPath.endsWith(path)) ?? [];
  if (read === undefined) throw new Problem(404, 'There is no such address');
  return read;
};
