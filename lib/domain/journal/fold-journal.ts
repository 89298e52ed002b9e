// A journal of which every line is at hand, folded in memory.
import type { Captured } from '../../../events/catalogue.ts';
import type { TouchCaptured } from '../../../events/touch-captured.v1.ts';
import type { Playbook } from '../playbook/playbook.ts';
import { hear, nothingHeard } from './heard.ts';
import { accountsIn, type JournalAccount } from './journal-accounts.ts';

/** Lines in any order, any number of times: the accounts and people folding would leave in the table, and why lines were
 * quarantined, by their ids. */
export const foldJournal = (
  lines: Iterable<Captured>,
  playbook: Playbook,
): { accounts: JournalAccount[]; quarantined: Map<string, string> } => {
  const heard = nothingHeard<Captured>();
  for (const line of lines) hear(heard, line, line);
  const accounts = accountsIn(heard, playbook, (touches) => touches as TouchCaptured[]);
  return { accounts: [...accounts], quarantined: heard.quarantined };
};
