// Whose account may be another one now: found by what they asked by, and by the group their account is a part of.
import type { Playbook } from '../../domain/playbook/playbook.ts';
import type { Table } from '../../ports.ts';
import { getAll } from '../../table/get-all.ts';
import { allOf, as, membersOf } from '../../table/items.ts';
import {
  accountKey,
  accountPartition,
  blockPartition,
  domainPartition,
  familyPartition,
  namePartition,
} from '../../table/keys.ts';
import type { Refiled } from './file-account.ts';

const asking = async (table: Table, pk: string): Promise<string[]> =>
  allOf('asking-lead', await table.query(pk, 'LEAD#')).map(({ leadId }) => leadId);

export const askingByName = (table: Table, nameId: string): Promise<string[]> => asking(table, namePartition(nameId));
export const askingByDomain = (table: Table, domain: string): Promise<string[]> =>
  asking(table, domainPartition(domain));

const askingByKeys = async (table: Table, keys: readonly string[]): Promise<string[]> => {
  const notes = await Promise.all(keys.map((key) => table.query(blockPartition(key), 'NAME#')));
  const names = new Set(allOf('asking-name', notes.flat()).map(({ nameId }) => nameId));
  return (await Promise.all([...names].map((nameId) => askingByName(table, nameId)))).flat();
};

/** No group is larger. */
const mostOfGroup = 5_000;

/** The account and all that are a part of it, directly or not. */
const groupBelow = async (table: Table, accountId: string): Promise<Set<string>> => {
  const group = new Set([accountId]);
  for (const one of group) {
    if (group.size > mostOfGroup) break;
    for (const child of allOf('child', await table.query(familyPartition(one)))) group.add(child.accountId);
  }
  return group;
};

const groupAbove = async (table: Table, parents: readonly string[]): Promise<Set<string>> => {
  const above = new Set(parents);
  for (const one of above) {
    const parent = as('account', await table.get(accountKey(one)))?.facts.parent?.value;
    if (parent) above.add(parent);
  }
  return above;
};

/** Leads who land elsewhere in the group, or may have to. */
const landing = async (table: Table, { account, parents }: Refiled): Promise<string[]> => {
  const below = await groupBelow(table, account.accountId);
  const above = await groupAbove(table, parents);
  const members = await Promise.all(
    [...new Set([...below, ...above])].map((id) => table.query(accountPartition(id), 'MEMBER#')),
  );
  return membersOf(members.flat()).flatMap(({ leadId, anonymous, match }) =>
    !anonymous && match && below.has(match.found ?? match.accountId) ? [leadId] : [],
  );
};

/** Of the accounts below one that has moved: by a domain or a name several of them may have, the group decides. */
const askingBelow = async (table: Table, accountId: string): Promise<string[]> => {
  const below = [...(await groupBelow(table, accountId))].filter((id) => id !== accountId);
  const accounts = allOf(
    'account',
    await getAll(
      table,
      below.map((id) => accountKey(id)),
    ),
  );
  const domains = new Set(accounts.flatMap(({ facts }) => facts.domains?.value ?? []));
  const keys = new Set(accounts.flatMap(({ filedUnder }) => filedUnder?.keys ?? []));
  const byDomain = await Promise.all([...domains].map((domain) => askingByDomain(table, domain)));
  return [...byDomain.flat(), ...(await askingByKeys(table, [...keys]))];
};

export const concernedBy = async (
  table: Table,
  refiled: Refiled,
  { lands }: Playbook['matching'],
): Promise<Set<string>> => {
  const { account, domains, keys, hasMoved } = refiled;
  const byDomain = await Promise.all(domains.map((domain) => askingByDomain(table, domain)));
  return new Set([
    ...byDomain.flat(),
    ...(await askingByKeys(table, keys)),
    ...(hasMoved ? await askingBelow(table, account.accountId) : []),
    ...(lands === 'site' ? [] : await landing(table, refiled)),
  ]);
};
