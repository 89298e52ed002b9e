// Whose accounts and leads are, as they are stored: what somebody who sees only their own is shown.
import type { Scope } from '../domain/access.ts';
import { hasLead, type Owned, ownersWithin, seesAccount } from '../domain/own-accounts.ts';
import type { Playbook } from '../domain/playbook/playbook.ts';
import type { Item, Table } from '../ports.ts';
import { getAll } from '../table/get-all.ts';
import { allOf } from '../table/items.ts';
import { accountKey, accountPartition, assessmentKey, crmOwnedList, ownedList, repKey } from '../table/keys.ts';
import { standingFor } from './matching/account-fates.ts';
import type { PlaybookReader } from './playbooks.ts';
import { survivorOf } from './views/identities.ts';

export interface OwnPorts {
  table: Table;
  playbook: PlaybookReader;
}
type OfSome = Exclude<Scope, 'all'>;

const ownedIn = (items: readonly Item[]): Owned => ({
  facts: allOf('account', items)[0]?.facts ?? {},
  rep: allOf('rep', items)[0]?.owner.email,
  // Where a lead went it is somebody's; here it is nobody's any more.
  leads: allOf('assignment', items).flatMap(({ leadId, owner, movedTo }) =>
    movedTo === undefined ? [{ leadId, owner: owner?.email }] : [],
  ),
});

const readOwned = async (table: Table, accountId: string): Promise<Owned> => {
  const [known, assignments] = await Promise.all([
    table.getMany([accountKey(accountId), repKey(accountId)]),
    table.query(accountPartition(accountId), 'ASSIGNMENT#'),
  ]);
  return ownedIn([...known, ...assignments]);
};

/** Of any id the account ever had. */
export const maySeeAccount = async ({ table, playbook }: OwnPorts, asked: string, scope: Scope): Promise<boolean> => {
  if (scope === 'all') return true;
  const accountId = (await standingFor(table, asked)) ?? asked;
  const live = await playbook();
  return seesAccount(await readOwned(table, accountId), ownersWithin(scope, live), live);
};

/** Of any id the lead ever had. A lead is seen by whoever sees its account. */
export const maySeeLead = async (ports: OwnPorts, asked: string, scope: Scope): Promise<boolean> => {
  if (scope === 'all') return true;
  const accountId = (await survivorOf(ports.table, asked))?.match?.accountId;
  return accountId !== undefined && maySeeAccount(ports, accountId, scope);
};

/** Whether it is theirs to say what was done about it. */
export const mayActOn = async ({ table, playbook }: OwnPorts, asked: string, scope: Scope): Promise<boolean> => {
  if (scope === 'all') return true;
  const lead = await survivorOf(table, asked);
  const accountId = lead?.match?.accountId;
  if (lead === undefined || accountId === undefined) return false;
  const live = await playbook();
  return hasLead(await readOwned(table, accountId), lead.leadId, ownersWithin(scope, live), live);
};

/** The lists in which what is theirs stands: by address, and by the user id that each CRM has for them. */
const listsOf = (owners: readonly string[], { people }: Playbook): string[] => [
  ...owners.map(ownedList),
  ...people
    .filter(({ email }) => owners.includes(email))
    .flatMap(({ crm }) => Object.entries(crm).map(([source, id]) => crmOwnedList(source, id))),
];

/** What came to somebody last, of each list. */
const latest = 200;

/** The assessments of the accounts somebody sees, those whose status changed last first. The lists hear late and some of what stands in
 * them is over: so each account is asked again whose it is. */
export const listOwn = async ({ table, playbook }: OwnPorts, scope: OfSome): Promise<Item[]> => {
  const live = await playbook();
  const owners = ownersWithin(scope, live);
  const lists = listsOf(owners, live).map((list) => table.list(list, { newestFirst: true, limit: latest }));
  const listed = (await Promise.all(lists)).flat();
  const byAccount = new Map<string, Item[]>();
  for (const item of listed) {
    const accountId = item.pk.slice(accountPartition('').length);
    byAccount.set(accountId, [...(byAccount.get(accountId) ?? []), item]);
  }
  const theirs = [...byAccount].filter(([, items]) => seesAccount(ownedIn(items), owners, live));
  const judged = allOf(
    'account-assessment',
    await getAll(
      table,
      theirs.map(([id]) => assessmentKey(id)),
    ),
  );
  return judged.filter(({ listPk }) => listPk !== undefined).sort((a, b) => (a.listSk! < b.listSk! ? 1 : -1));
};
