// Has those matched again whose account may be another one now; they move with all their facts.
import { accountIdOfDomain } from '../../domain/ids.ts';
import { as, membersOf } from '../../table/items.ts';
import { accountPartition, domainKey } from '../../table/keys.ts';
import { foldIdentity } from './fold-identity.ts';
import { foldPerson } from './fold-person.ts';
import type { Folding } from './folding.ts';

const nothing = { lines: [], links: [], parts: [] };

/** Each reads some sixty items. */
const atOnce = 8;

/** Leads find their account again, wherever they are now. */
export const rematch = async (folding: Folding, leadIds: Iterable<string>): Promise<void> => {
  const waiting = [...leadIds];
  const next = async (): Promise<void> => {
    for (let leadId = waiting.pop(); leadId !== undefined; leadId = waiting.pop()) {
      await foldPerson(folding, { leadId, ...nothing, again: true });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, next));
};

/** Visitors nobody knows from the networks of these domains count for whoever has them now. */
export const rematchVisitors = async (folding: Folding, domains: readonly string[]): Promise<void> => {
  const { table } = folding;
  for (const domain of domains) {
    const claims = as('domain', await table.get(domainKey(domain)))?.claims ?? {};
    for (const accountId of [accountIdOfDomain(domain), ...Object.keys(claims)]) {
      const members = membersOf(await table.query(accountPartition(accountId), 'MEMBER#'));
      const visitors = members.filter(({ anonymous, state }) => anonymous && state.network?.value === domain);
      await Promise.all(visitors.map(({ leadId }) => foldIdentity(folding, { leadId, kind: 'visitor', ...nothing })));
    }
  }
};
