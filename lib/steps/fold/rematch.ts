// Has those matched again whose account may be another one now; they move with all their facts.
import { accountIdOfDomain, isPerson } from '../../domain/ids.ts';
import { as, membersOf } from '../../table/items.ts';
import { accountPartition, domainKey } from '../../table/keys.ts';
import { standingFor } from '../matching/account-fates.ts';
import { sideBySide } from '../side-by-side.ts';
import { foldIdentity } from './fold-identity.ts';
import { foldPerson } from './fold-person.ts';
import type { Folding } from './folding.ts';

const nothing = { lines: [], links: [], parts: [] };

/** Each reads some sixty items. */
const atOnce = 8;

/** Leads find their account again, wherever they are now. */
const rematch = (folding: Folding, leadIds: Iterable<string>): Promise<void> =>
  sideBySide(leadIds, atOnce, (leadId) => foldPerson(folding, { leadId, ...nothing, again: true }));

/** Some seconds' work on AWS: a function has twenty. What is left over is gone on with at the next attempt. */
const notedAfter = 200;

/** How far a rematch has come, in the order of ids; `note` answers false when somebody else has begun it anew. */
export interface Progress {
  upTo: string;
  note: (upTo: string) => Promise<boolean>;
}

/** Has any number of leads matched again, from where an earlier attempt left off; answers whether all of them were. */
export const rematchAll = async (
  folding: Folding,
  leadIds: Iterable<string>,
  { upTo, note }: Progress,
): Promise<boolean> => {
  const left = [...new Set(leadIds)].filter((id) => id > upTo).sort();
  for (let from = 0; from < left.length; from += notedAfter) {
    const some = left.slice(from, from + notedAfter);
    await rematch(folding, some);
    if (from + notedAfter < left.length && !(await note(some.at(-1)!))) return false;
  }
  return true;
};

/** Visitors nobody knows from the networks of these domains count for whoever has them now; `others` may have had them before. */
export const rematchVisitors = async (
  folding: Folding,
  domains: Iterable<string>,
  others: readonly string[] = [],
): Promise<void> => {
  const { table } = folding;
  for (const domain of domains) {
    const claimants = Object.keys(as('domain', await table.get(domainKey(domain)))?.claims ?? {});
    // Where the CRM merged one of these, they are in the one that stands for it.
    const standing = await Promise.all(claimants.map((accountId) => standingFor(table, accountId)));
    const places = [accountIdOfDomain(domain), ...claimants, ...standing.flatMap((id) => id ?? []), ...others];
    for (const accountId of new Set(places)) {
      const members = membersOf(await table.query(accountPartition(accountId), 'MEMBER#'));
      const visitors = members.filter(({ anonymous, state }) => anonymous && state.network?.value === domain);
      await sideBySide(visitors, atOnce, ({ leadId }) =>
        isPerson(leadId)
          ? foldPerson(folding, { leadId, ...nothing })
          : foldIdentity(folding, { leadId, kind: 'visitor', ...nothing }),
      );
    }
  }
};
