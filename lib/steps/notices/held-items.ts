// What stands in the table of each notice that waits: in its list until it is gone, so that one nobody sends is found by the sweep; and
// taken by one event at a time, so that two that come together send it once.
import { ConflictError, type Table } from '../../ports.ts';
import { type NewItem, replacing, type StoredItem } from '../../table/items.ts';
import { noticesHeldList } from '../../table/keys.ts';

export type Held = StoredItem<'held-notice'>;

const later = (moment: string, milliseconds: number): string =>
  new Date(Date.parse(moment) + milliseconds).toISOString();

/** The queue's own tries are over by then: five, a minute apart. */
const firstLookMs = 10 * 60_000;

/** In its list by when the sweep is to look whether it went out. */
const listedAt = (held: NewItem<'held-notice'>, lookAt: string): NewItem<'held-notice'> => ({
  ...held,
  listPk: noticesHeldList,
  listSk: `${lookAt}#${held.recipientId}#${held.noticeId}`,
});

export const lookedForAfter = (held: NewItem<'held-notice'>): NewItem<'held-notice'> =>
  listedAt(held, later(held.until, firstLookMs));

/** Looked for again after twice the time: one that can never be sent leaves a dead letter each time. */
export const lookedForAgain = (held: Held, now: string): NewItem<'held-notice'> =>
  listedAt(held, later(now, Math.max(firstLookMs, Date.parse(now) - Date.parse(held.until))));

/** Six times what whoever sends them may take. */
const claimedMs = 60_000;

/** Until when somebody else is at it. */
export const claimedUntil = ({ claimed }: Held, eventId: string, now: string): string | undefined =>
  claimed !== undefined && claimed.by !== eventId && claimed.until > now ? claimed.until : undefined;

/** False where somebody took one of them meanwhile. */
export const claim = async (table: Table, held: readonly Held[], eventId: string, now: string): Promise<boolean> => {
  const claimed = { by: eventId, until: later(now, claimedMs) };
  try {
    await table.transact(held.map((one) => replacing(one, { ...one, claimed })));
    return true;
  } catch (error) {
    if (error instanceof ConflictError) return false;
    throw error;
  }
};
