// Keeps of each account the moment at which time alone changes what was judged, for the sweep to find.
//
// A busy account costs no write for it: news moves that moment later, mostly, and an earlier one that is stored just stays.
// When it has come, the sweep asks for an assessment, which finds nothing changed and stores the next. That is one look
// more a stored moment, and at most one write each, where to store the latest moment would be two units (item and index) a
// touch: 1.25 $ for a million of them, beside 0.80 $ for all else that a million hits may cost.
import { dayNumberOf, momentIn } from '../domain/days.ts';
import { nextChange, type Outlook } from '../domain/next-change.ts';
import type { Write } from '../ports.ts';
import { replacing, type StoredItem } from '../table/items.ts';
import { assessDueList, dueKey } from '../table/keys.ts';

/** When what the account has reached ceases, and its surge is over. */
const momentsIn = ({ account: { reached = [], surge } }: Outlook['judged']): string[] => [
  ...reached.map(({ until }) => until),
  ...(surge?.standing ? [momentIn(dayNumberOf(surge.endsAt))] : []),
];

/** The write that keeps the account's next moment; undefined when the stored one does, or there is none. */
export const dueWrite = (
  accountId: string,
  stored: StoredItem<'due'> | undefined,
  outlook: Omit<Outlook, 'others' | 'before'>,
  /** When statuses that are held are let go, and somebody is kept no longer. */
  known: readonly string[] = [],
): Write | undefined => {
  const isToCome = stored?.listPk !== undefined && stored.at > outlook.now;
  const before = isToCome ? stored.at : undefined;
  const at = nextChange({ ...outlook, others: [...momentsIn(outlook.judged), ...known], before });
  if (at !== undefined) {
    const list = { listPk: assessDueList, listSk: `${at}#${accountId}` };
    return replacing(stored, { ...dueKey(accountId), type: 'due', accountId, at, ...list });
  }
  if (stored === undefined || isToCome) return undefined;
  return { remove: dueKey(accountId), condition: { if: 'version', is: stored.version } };
};
