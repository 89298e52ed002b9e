// Reads what some leads are routed by: the leads with their accounts and earlier assignments, and the pools with their people.
import type { Playbook } from '../../domain/playbook/playbook.ts';
import { poolsIn } from '../../domain/routing/pool.ts';
import type { Item, Key, Table } from '../../ports.ts';
import { getAll } from '../../table/get-all.ts';
import { as, type StoredItem } from '../../table/items.ts';
import {
  accountKey,
  accountPartition,
  assessmentKey,
  assignmentKey,
  leadKey,
  loadKey,
  memberKey,
  poolKey,
  repKey,
} from '../../table/keys.ts';
import { type Desk, openDesk } from './desk.ts';

export interface Whose {
  accountId: string;
  leadId: string;
}

/** Every pool and team, also those no rule names any more, since leads are taken over within the one they came from; and the people
 * in them whose load matters. */
const poolKeys = (playbook: Playbook): Key[] => {
  const asked = poolsIn(playbook);
  const limited = new Set(playbook.people.flatMap(({ email, capacity }) => (capacity === undefined ? [] : [email])));
  const members = asked
    .flatMap(({ members }) => members.map(({ email }) => email))
    .filter((email) => limited.has(email));
  return asked.map(({ key }) => poolKey(key)).concat([...new Set(members)].map(loadKey));
};

/** Further back nobody remembers who had the lead. */
const accountsBefore = 5;

/** What of a lead that is not known here yet stands in the accounts it was in before, the latest. */
const assignmentsElsewhere = async (table: Table, leads: readonly Whose[], here: readonly Item[]): Promise<Item[]> => {
  const isHere = new Set(
    here.flatMap((item) => (item.type === 'assignment' && !item.movedTo ? [`${item.pk} ${item.sk}`] : [])),
  );
  const unknown = leads.filter(({ accountId, leadId }) => {
    const { pk, sk } = assignmentKey(accountId, leadId);
    return !isHere.has(`${pk} ${sk}`);
  });
  const stored = await getAll(
    table,
    unknown.map(({ leadId }) => leadKey(leadId)),
  );
  const before = stored.flatMap((item) => {
    const { leadId, movedFrom } = as('lead', item)!;
    const accounts = Object.entries(movedFrom).sort(([, a], [, b]) => b - a);
    return accounts.slice(0, accountsBefore).map(([accountId]) => assignmentKey(accountId, leadId));
  });
  return [...stored, ...(await getAll(table, before))];
};

export const loadDesk = async (
  table: Table,
  leads: readonly Whose[],
  playbook: Playbook,
  at: string,
): Promise<Desk> => {
  const { rules } = playbook.routing;
  const accounts = [...new Set(leads.map(({ accountId }) => accountId))];
  const keys = [
    ...poolKeys(playbook),
    ...accounts.flatMap((accountId) => [accountKey(accountId), repKey(accountId)]),
    ...leads.flatMap(({ accountId, leadId }) => [assignmentKey(accountId, leadId), assessmentKey(accountId, leadId)]),
    ...(rules.length === 0
      ? []
      : [
          ...accounts.map((accountId) => assessmentKey(accountId)),
          ...leads.map(({ accountId, leadId }) => memberKey(accountId, leadId)),
        ]),
  ];
  const asksOpportunities = rules.some(({ to, handOver }) =>
    [to, handOver].some((target) => target && 'owner' in target && target.owner === 'opportunity'),
  );
  const [items, opportunities] = await Promise.all([
    getAll(table, keys),
    Promise.all(asksOpportunities ? accounts.map((id) => table.query(accountPartition(id), 'OPPORTUNITY#')) : []),
  ]);
  const elsewhere = await assignmentsElsewhere(table, leads, items);
  return openDesk([...items, ...elsewhere, ...opportunities.flat()], keys, playbook, at);
};

/** The assignment a lead comes with: the one here, or the latest of the accounts it was in before. */
export const assignmentOf = (desk: Desk, { accountId, leadId }: Whose): StoredItem<'assignment'> | undefined => {
  const here = as('assignment', desk.find(assignmentKey(accountId, leadId)));
  if (here !== undefined && here.movedTo === undefined) return here;
  const lead = as('lead', desk.find(leadKey(leadId)));
  const before = Object.keys(lead?.movedFrom ?? {}).flatMap((id) => {
    const stored = as('assignment', desk.find(assignmentKey(id, leadId)));
    return stored === undefined || stored.movedTo !== undefined ? [] : [stored];
  });
  return before.sort((a, b) => (a.at < b.at ? 1 : -1))[0] ?? here;
};
