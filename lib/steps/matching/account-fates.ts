// Which account stands for another, as the table has it now.
import { type AccountFate, fateIn, standsFor } from '../../domain/account-fate.ts';
import type { Table } from '../../ports.ts';
import { as } from '../../table/items.ts';
import { accountKey } from '../../table/keys.ts';

/** Undefined where the CRM deleted it; and of no account none. `before` is done before what became of an account is read. */
export const standingFor = async (
  table: Table,
  accountId: string | null | undefined,
  before: (accountId: string) => Promise<void> = async () => undefined,
): Promise<string | undefined> => {
  if (!accountId) return undefined;
  const fates = new Map<string, AccountFate | undefined>();
  for (;;) {
    const unread: string[] = [];
    const stands = standsFor(accountId, (id) => {
      if (!fates.has(id)) unread.push(id);
      return fates.get(id);
    });
    const [next] = unread;
    if (next === undefined) return stands;
    await before(next);
    const account = as('account', await table.get(accountKey(next)));
    fates.set(next, account && fateIn(account.facts));
  }
};
