// Whose account may be another one now: found by what they asked by, and by the group their account is a part of.
import { fateIn } from '../../domain/account-fate.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import type { Table } from '../../ports.ts';
import { getAll } from '../../table/get-all.ts';
import { allOf, as, membersOf } from '../../table/items.ts';
import {
  accountKey,
  accountPartition,
  domainPartition,
  familyPartition,
  namedAccountPartition,
  namePartition,
} from '../../table/keys.ts';
import type { Refiled } from './file-account.ts';
import { namesAsking } from './list-accounts.ts';

const asking = async (table: Table, pk: string): Promise<string[]> =>
  allOf('asking-lead', await table.query(pk, 'LEAD#')).map(({ leadId }) => leadId);

export const askingByName = (table: Table, nameId: string): Promise<string[]> => asking(table, namePartition(nameId));
export const askingByDomain = (table: Table, domain: string): Promise<string[]> =>
  asking(table, domainPartition(domain));

const askingByNames = async (table: Table, names: Iterable<string>): Promise<string[]> =>
  (await Promise.all([...new Set(names)].map((nameId) => askingByName(table, nameId)))).flat();

const askingByKeys = async (table: Table, keys: readonly string[]): Promise<string[]> =>
  askingByNames(table, (await Promise.all(keys.map((key) => namesAsking(table, key)))).flat());

/** Groups are no larger, and not deeper than this (`domain/landing.ts`). */
const mostOfGroup = 5_000;

/** The account and all that are a part of it, level by level. */
const groupBelow = async (table: Table, accountId: string): Promise<Set<string>> => {
  const group = new Set([accountId]);
  for (let level = [accountId]; level.length > 0 && group.size < mostOfGroup; ) {
    const children = await Promise.all(level.map((one) => table.query(familyPartition(one))));
    level = allOf('child', children.flat()).flatMap((child) => (group.has(child.accountId) ? [] : [child.accountId]));
    for (const one of level) group.add(one);
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

/** Leads who land elsewhere in the group, or may have to. Of members only who they are is kept: a group has many. */
const landing = async (table: Table, below: ReadonlySet<string>, parents: readonly string[]): Promise<string[]> => {
  const concerned: string[] = [];
  for (const accountId of new Set([...below, ...(await groupAbove(table, parents))])) {
    for (const { leadId, anonymous, match } of membersOf(await table.query(accountPartition(accountId), 'MEMBER#'))) {
      if (!anonymous && match && below.has(match.found ?? match.accountId)) concerned.push(leadId);
    }
  }
  return concerned;
};

/** The accounts it was ever merged into, and those that stand or stood for them. */
export const mergedAround = async (table: Table, mergedInto: readonly string[]): Promise<Set<string>> => {
  const around = new Set(mergedInto);
  for (const one of around) {
    const into = as('account', await table.get(accountKey(one)))?.facts.mergedInto?.value;
    if (into) around.add(into);
  }
  return around;
};

/** Who names the account, and who came to it by a list: they are in it, or in one that stands for it. */
const concernedByFate = async (table: Table, { account: { accountId }, mergedInto }: Refiled): Promise<string[]> => {
  const concerned = await asking(table, namedAccountPartition(accountId));
  for (const one of new Set([accountId, ...(await mergedAround(table, mergedInto))])) {
    for (const { leadId, anonymous, match } of membersOf(await table.query(accountPartition(one), 'MEMBER#'))) {
      if (!anonymous && (one === accountId || match?.found !== undefined)) concerned.push(leadId);
    }
  }
  return concerned;
};

/** Opportunities and contracts that may be in another account now. */
export const concernedDeals = async (table: Table, { account: { accountId } }: Refiled): Promise<string[]> =>
  allOf('asking-deal', await table.query(namedAccountPartition(accountId), 'DEAL#')).map(({ dealId }) => dealId);

/** Domains of whatever was merged into the account: their visitors are in whichever stands for it. */
export const domainsTakenIn = async (table: Table, { account: { accountId } }: Refiled): Promise<string[]> => {
  const below = [...(await groupBelow(table, accountId))].filter((id) => id !== accountId);
  const accounts = allOf(
    'account',
    await getAll(
      table,
      below.map((id) => accountKey(id)),
    ),
  );
  return accounts.flatMap(({ facts }) => (fateIn(facts).mergedInto ? Object.keys(facts.namedSince ?? {}) : []));
};

/** By a domain or a name that several accounts of a group may have, the group decides. */
const askingBelow = async (table: Table, below: readonly string[]): Promise<string[]> => {
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

const concernedByMove = async (
  table: Table,
  { account, parents }: Refiled,
  { lands }: Playbook['matching'],
): Promise<string[]> => {
  const below = await groupBelow(table, account.accountId);
  const parts = [...below].filter((id) => id !== account.accountId);
  const asking = parts.length === 0 ? [] : await askingBelow(table, parts);
  return lands === 'site' ? asking : [...asking, ...(await landing(table, below, parents))];
};

export const concernedBy = async (
  table: Table,
  refiled: Refiled,
  matching: Playbook['matching'],
): Promise<Set<string>> => {
  const { domains, names, hasMoved, hasOtherFate } = refiled;
  const byDomain = await Promise.all(domains.map((domain) => askingByDomain(table, domain)));
  return new Set([
    ...byDomain.flat(),
    ...(await askingByNames(table, names)),
    ...(hasMoved ? await concernedByMove(table, refiled, matching) : []),
    ...(hasOtherFate ? await concernedByFate(table, refiled) : []),
  ]);
};
