// Makes an identity's item anew from the trail, and has what hangs on it follow: where anything was different, its lines are folded
// once more, which changes nothing but what does not fit them.
import type { Captured } from '../../../../events/catalogue.ts';
import { personState } from '../../../domain/held-states.ts';
import { isPerson } from '../../../domain/ids.ts';
import { isNobodys, trailUntil, visitorUntil } from '../../../domain/retention.ts';
import type { Item, Table } from '../../../ports.ts';
import { getAll } from '../../../table/get-all.ts';
import { isSame } from '../../../table/is-same.ts';
import { allOf, as, type NewItem, type StoredItem } from '../../../table/items.ts';
import { leadKey, memberKey } from '../../../table/keys.ts';
import { packed } from '../../../table/packing.ts';
import { linesOf } from '../../../table/trail.ts';
import { captureLines } from '../../capture.ts';
import { asPartOf } from '../../fold/earlier-parts.ts';
import { asPart } from '../../fold/fold-person.ts';
import { isWithItsHeir } from '../../fold/settle-names.ts';
import { retimeTrail } from '../../retime-trail.ts';
import { retryConflicts } from '../../retry-conflicts.ts';
import type { OperatePorts } from '../slice.ts';
import { reachOf } from './before-the-trail.ts';
import { assignmentsIn, identityAnew, namedBy, saysTheSame, unheard } from './identity.ts';

type Lead = StoredItem<'lead'>;

export type Outcome = 'same' | 'mended' | 'nothing there';

/** All that is known of it: its item first, so that whoever writes a line and then the item meanwhile is noticed. */
const trailOf = async (table: Table, leadId: string): Promise<Captured[]> =>
  allOf('trail', await daysOf(table, leadId)).flatMap(linesOf);
const daysOf = (table: Table, leadId: string): Promise<Item[]> => table.query(leadKey(leadId).pk, 'TRAIL#');

/** One that is not there begins above any version that somebody may remember of it. */
export const versionAfter = (stored: Item | undefined, least: number, now: number): number =>
  stored === undefined ? Math.max(Math.floor(now / 1_000), least) : Math.max(stored.version + 1, least);

export const write = async (table: Table, stored: Item | undefined, next: object, version: number): Promise<void> => {
  const { outbox: _, ...item } = next as Item;
  const condition =
    stored === undefined ? ({ if: 'absent' } as const) : ({ if: 'version', is: stored.version } as const);
  await table.write({ put: packed({ ...item, version } as Item), condition });
};

const stateFor = (lead: NewItem<'lead'>) => (lead.kind === 'email' ? personState(lead).state : lead.own);

/** The version of the snapshot in its account that does not say what the lead does; 0 where it does. */
const amiss = async (table: Table, lead: Lead | undefined): Promise<number> => {
  if (lead?.match === undefined) return 0;
  const member = as('member', await table.get(memberKey(lead.match.accountId, lead.leadId)));
  if (member === undefined) return 1;
  const fits = member.leadVersion === lead.version && !member.gone && isSame(member.state, stateFor(lead));
  return fits ? 0 : Math.max(member.leadVersion, 1);
};

/** The highest version by which a person remembers a part that is otherwise; those of old that stand together are left. */
const partsAmiss = (lead: Lead, identities: ReadonlyMap<string, Lead>): string[] =>
  Object.entries(lead.parts).flatMap(([id, part]) => {
    const identity = identities.get(id);
    if (identity === undefined || identity.version !== part.version) return [];
    const now = isPerson(id) ? asPart(identity, lead.leadId) : asPartOf(lead.leadId, identity);
    return isSame({ ...now, id: undefined }, part) ? [] : [id];
  });

const leadsOf = async (table: Table, ids: readonly string[]): Promise<Map<string, Lead>> =>
  new Map(allOf('lead', await getAll(table, [...new Set(ids)].map(leadKey))).map((lead) => [lead.leadId, lead]));

/** Its version alone goes up: whoever remembers another state of it then takes this one. */
const touch = async ({ table }: OperatePorts, leadId: string, least: number): Promise<void> => {
  const stored = as('lead', await table.get(leadKey(leadId)));
  if (stored !== undefined) await write(table, stored, stored, Math.max(stored.version, least) + 1);
};

/** Of a person without lines whoever of their identities has some brings them along. */
const linesOfParts = async (table: Table, stored: Lead | undefined): Promise<Captured[]> => {
  for (const id of Object.keys(stored?.parts ?? {})) {
    const lines = await trailOf(table, id);
    if (lines.length > 0) return lines;
  }
  return [];
};

/** A browser somebody else's, as far as its other names say. */
const isMisheld = async (ports: OperatePorts, lead: Lead | undefined): Promise<boolean> =>
  lead?.kind === 'visitor' &&
  (lead.heir !== undefined || lead.aliases !== undefined) &&
  !(await isWithItsHeir(ports, lead));

const rebuildOnce = async (ports: OperatePorts, leadId: string, named: boolean): Promise<Outcome> => {
  const { table, clock, retention } = ports;
  const stored = as('lead', await table.get(leadKey(leadId)));
  const trail = await daysOf(table, leadId);
  const own = allOf('trail', trail).flatMap(linesOf);
  if (stored === undefined && own.length === 0) return 'nothing there';
  const others = (await Promise.all((stored ? namedBy(stored) : []).map((id) => trailOf(table, id)))).flat();
  const reach = reachOf(retention, stored, clock.now());
  const anew = identityAnew(leadId, { own, others, stored, playbook: await ports.playbook(), reach });
  const next = retention === undefined ? anew : { ...anew, ttl: visitorUntil(retention, anew, own) };
  // By other settings it was kept for another time.
  if (retention) await retimeTrail(table, trail, (day, lines) => trailUntil(retention, isNobodys(next), day, lines));
  const says = stored !== undefined && stored.ttl === next.ttl && saysTheSame(stored, next);
  const isSound = says && !(await isMisheld(ports, stored));
  const least = await amiss(table, stored);
  const concerned = assignmentsIn(own).flatMap(({ subject }) => ('leadId' in subject ? [subject.leadId] : []));
  const known = await leadsOf(table, [...concerned, ...Object.keys(stored?.parts ?? {})]);
  const strayed = stored ? partsAmiss(stored, known) : [];
  const unsaid = unheard(leadId, own, known);
  if (isSound && least === 0 && strayed.length === 0 && unsaid.length === 0 && !named) return 'same';
  // Its answer is asked for again by whoever folds it next.
  const matching = next.matching && { ...next.matching, asked: '' };
  // Whoever it was said to be is told that it is not; and its names are settled anew.
  const letGo = Object.keys(stored?.links ?? {}).filter((id) => next.links[id] === undefined);
  const heirsBefore = [...new Set([...(next.heirsBefore ?? []), ...letGo])].sort();
  const unsettled = { settled: undefined, ...(heirsBefore.length > 0 && { heirsBefore }) };
  await write(table, stored, { ...next, ...unsettled, matching }, versionAfter(stored, least + 1, clock.now()));
  for (const id of strayed) await touch(ports, id, stored?.parts[id]?.version ?? 0);
  const partLines = (await Promise.all(strayed.map((id) => trailOf(table, id)))).flatMap((lines) => lines.slice(-1));
  const last = (own.length > 0 ? own : await linesOfParts(table, stored)).slice(-1);
  const again = stored === undefined ? own : last;
  await captureLines({ queue: ports.prompt }, [
    ...new Map([...again, ...unsaid, ...partLines].map((one) => [one.id, one])).values(),
  ]);
  const wasRight = isSound && least === 0 && strayed.length === 0 && unsaid.length === 0;
  return wasRight ? 'same' : 'mended';
};

/** `named`: somebody asked for it by name, and has its account looked for again even where all is as it should be. Throws what the
 * table throws. */
export const rebuildLead = (ports: OperatePorts, leadId: string, named = false): Promise<Outcome> =>
  retryConflicts(() => rebuildOnce(ports, leadId, named));
