// Carries what was learned of a visitor's name to the names it was seen together with: whose each of them is, as
// `domain/visitor-names.ts` decides it from all of them.
//
// Each item is written alone. What holds them together: who adds a fact writes it first and looks then, and who has written
// anything looks again. So of two at work at once, the last to write has seen what both wrote. A name's item keeps of which facts
// everyone concerned was told; until then the same lines, coming again, begin anew.
import { fingerprintOf } from '../../domain/ids.ts';
import { heirsOf, ownHolder, type Refusal } from '../../domain/visitor-names.ts';
import { getAll } from '../../table/get-all.ts';
import { isSame } from '../../table/is-same.ts';
import { allOf, as, replacing, type StoredItem } from '../../table/items.ts';
import { leadKey } from '../../table/keys.ts';
import { retryConflicts } from '../retry-conflicts.ts';
import { foldIdentity } from './fold-identity.ts';
import type { Folding } from './folding.ts';

type Names = Map<string, StoredItem<'lead'>>;

/** Far more than are anybody's (`mostTogether`): so many are read to tell them that they are nobody's. */
const mostRead = 500;

const inOrder = (entries: object | undefined = {}): [string, unknown][] =>
  Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));

/** The facts of a name or a person that others depend on. */
const factsOf = (name: StoredItem<'lead'>): string =>
  fingerprintOf(
    JSON.stringify([
      name.kind === 'email' ? undefined : ownHolder(name.kind, name)?.leadId,
      ...[name.aliases, name.decisions, name.byRecords].map(inOrder),
      ...(name.kind === 'crm' ? [name.fate, name.mergedWith, inOrder(name.links)] : []),
    ]),
  );

export const isSettled = (item: StoredItem<'lead'>): boolean => {
  const others = { email: item.decisions ?? item.byRecords, visitor: item.aliases, crm: item.mergedWith };
  const hasOthers = others[item.kind] !== undefined;
  return !hasOthers || item.settled === factsOf(item);
};

/** A name, the names seen together with it, and so on as far as nobody identified them. */
const namesAround = async ({ table }: Pick<Folding, 'table'>, leadId: string): Promise<Names> => {
  const names: Names = new Map();
  let next = [leadId];
  while (next.length > 0 && names.size < mostRead) {
    const found = allOf('lead', await getAll(table, next.map(leadKey)));
    for (const name of found) names.set(name.leadId, name);
    const open = found.filter((name) => name.leadId === leadId || ownHolder('visitor', name) === undefined);
    const seen = open.flatMap(({ aliases = {} }) => Object.keys(aliases));
    next = [...new Set(seen)].filter((id) => !names.has(id));
  }
  return names;
};

/** Others change the same names: in a batch of as many as may be at work at once the unluckiest looks some ten times. */
const mostLooks = 20;

/** Tells every name concerned by this one's facts whose it is; answers them, and what was refused. */
export const settleNames = async (
  folding: Folding,
  leadId: string,
): Promise<{ names: StoredItem<'lead'>[]; refusals: Refusal[] }> => {
  for (let looks = 0; looks < mostLooks; looks += 1) {
    const names = await namesAround(folding, leadId);
    const { heirs, refusals } = heirsOf(names);
    // Names at the edge were not looked around: they are somebody's, and stay that.
    const wrong = [...names.values()].filter((name) => !isSame(name.heir, heirs.get(name.leadId)));
    if (wrong.length === 0) return { names: [...names.values()], refusals };
    for (const name of wrong) {
      const heir = heirs.get(name.leadId) ?? null;
      await foldIdentity(folding, { leadId: name.leadId, kind: 'visitor', lines: [], links: [], heir });
    }
  }
  throw new Error(`the names around ${leadId} would not settle`);
};

/** Whether it is whose all the names it was seen together with say it is. */
export const isWithItsHeir = async (ports: Pick<Folding, 'table'>, name: StoredItem<'lead'>): Promise<boolean> =>
  isSame(name.heir, heirsOf(await namesAround(ports, name.leadId)).heirs.get(name.leadId));

/** Everyone was told of the facts this name or person had then. Of later ones whoever adds them tells. */
export const markSettled = async ({ table }: Folding, name: StoredItem<'lead'>): Promise<void> => {
  const settled = factsOf(name);
  await retryConflicts(async () => {
    const stored = as('lead', await table.get(leadKey(name.leadId)));
    if (stored === undefined || factsOf(stored) !== settled || stored.settled === settled) return;
    await table.write(replacing(stored, { ...stored, settled }));
  });
};
