// What somebody did, as the console lists it: each touch with the signals it feeds, so that a part of a score shows what is behind it.
import type { Captured } from '../../../events/catalogue.ts';
import type { TouchCaptured } from '../../../events/touch-captured.v1.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import { matchedSignals } from '../../domain/signals.ts';
import type { Table } from '../../ports.ts';
import { allOf } from '../../table/items.ts';
import { leadKey } from '../../table/keys.ts';
import { linesOf } from '../../table/trail.ts';
import { identitiesOf } from './identities.ts';

const titleOf = (touch: TouchCaptured): string =>
  touch.form?.id ?? touch.event ?? touch.page?.title ?? touch.page?.url ?? touch.kind;

const viewOf = (touch: TouchCaptured, playbook: Playbook) => {
  const { id, kind, occurredAt, flag = null } = touch;
  // A flagged touch is kept and counts for nothing.
  const signals = flag === null ? matchedSignals(touch, playbook) : [];
  return { id, kind, occurredAt, title: titleOf(touch), flag, signals };
};
export type TouchView = ReturnType<typeof viewOf>;

const touchesShown = 50;
/** Of each signal so many stay in sight, however much was read since. */
const shownOfSignal = 3;

/** Given and answered newest first: the last of each signal, then the last of all. */
const mostTelling = (touches: readonly TouchView[]): TouchView[] => {
  if (touches.length <= touchesShown) return [...touches];
  const shown = new Map<string, number>();
  const isAmongTheLast = ({ signals }: TouchView): boolean => {
    const news = signals.filter((signal) => (shown.get(signal) ?? 0) < shownOfSignal);
    for (const signal of signals) shown.set(signal, (shown.get(signal) ?? 0) + 1);
    return news.length > 0;
  };
  const last = touches.filter(isAmongTheLast);
  const chosen = new Set([...new Set([...last, ...touches])].slice(0, touchesShown));
  return touches.filter((touch) => chosen.has(touch));
};

const newestFirst = (a: TouchView, b: TouchView): number =>
  a.occurredAt < b.occurredAt ? 1 : a.occurredAt > b.occurredAt ? -1 : a.id < b.id ? -1 : 1;

/** What was told of the person, over all their browsers. */
export const linesOfPerson = async (table: Table, leadId: string): Promise<Captured[]> => {
  const identities = await identitiesOf(table, leadId);
  const trails = await Promise.all(identities.map((id) => table.query(leadKey(id).pk, 'TRAIL#')));
  return allOf('trail', trails.flat()).flatMap((item) => linesOf(item));
};

/** Newest first, at most 50. */
export const touchesIn = (lines: readonly Captured[], playbook: Playbook): TouchView[] =>
  mostTelling(
    lines
      .filter((line) => line.type === 'touch-captured.v1')
      .map((touch) => viewOf(touch, playbook))
      .sort(newestFirst),
  );
