// An identity as its trail has it: what it did itself, and whose it is by its own lines and by those of whoever it names.
import type { Captured } from '../../../../events/catalogue.ts';
import { dayOf } from '../../../domain/days.ts';
import { factsOfDay } from '../../../domain/facts/count-day.ts';
import {
  factsOfDays,
  factsOnly,
  isCounted,
  isEmpty,
  keptAs,
  noFacts,
  unionOfFacts,
} from '../../../domain/facts/facts.ts';
import { isPerson, isVisitor } from '../../../domain/ids.ts';
import { sortLine } from '../../../domain/journal/sort-line.ts';
import type { Assignment, Identity } from '../../../domain/journal/subjects.ts';
import { emptyState, hearLine } from '../../../domain/lead.ts';
import type { Playbook } from '../../../domain/playbook/playbook.ts';
import { isSame } from '../../../table/is-same.ts';
import type { NewItem, StoredItem } from '../../../table/items.ts';
import { leadKey } from '../../../table/keys.ts';
import { hearLinks, hearNames, hearRecord } from '../../fold/hear-identity.ts';
import { goneIn, type Reach, saidThen, stateThen } from './before-the-trail.ts';

type Lead = StoredItem<'lead'>;

/** What the network's address says stays as it is: the database it was looked up in may be another today. */
const ownState = (
  lines: readonly Captured[],
  stored: Lead | undefined,
  playbook: Playbook,
  reach: Reach | undefined,
) => {
  const touches = lines.filter((line) => line.type === 'touch-captured.v1');
  const isGone = goneIn(reach, touches);
  const { own = emptyState } = stored ?? {};
  const before = reach === undefined ? noFacts : factsOnly(own.facts, isGone, reach.sure);
  const byDay = Map.groupBy(touches, ({ occurredAt }) => dayOf(occurredAt));
  const days = [...byDay]
    .filter(([day]) => keptAs(before, day) === day && !isCounted(before, day))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, day]) => factsOfDay(day, playbook));
  const counted = factsOfDays(days);
  const heard = lines.reduce(hearLine, stateThen(isGone, own));
  return { ...heard, network: stored?.own.network, facts: isEmpty(before) ? counted : unionOfFacts([before, counted]) };
};

const kindOf = (leadId: string): Lead['kind'] => (isPerson(leadId) ? 'email' : isVisitor(leadId) ? 'visitor' : 'crm');

const isAbout =
  (leadId: string) =>
  ({ subject }: Assignment): boolean =>
    'leadId' in subject && subject.leadId === leadId;

export const assignmentsIn = (lines: readonly Captured[]): Assignment[] =>
  lines.flatMap((line) => {
    const sorted = sortLine(line);
    return 'refused' in sorted ? [] : sorted.assignments;
  });

/** Whom its item names, who may have the line that says so. */
export const namedBy = ({ links, aliases, decisions, mergedWith, leadId }: Lead): string[] =>
  [...Object.keys(links), ...Object.keys(aliases ?? {}), ...Object.keys(decisions ?? {}), ...(mergedWith ?? [])].filter(
    (id) => id !== leadId,
  );

const inOrder = <Value extends object>(known: Value | undefined): Value | undefined =>
  known && (Object.fromEntries(Object.entries(known).sort(([a], [b]) => (a < b ? -1 : 1))) as Value);

/** `own`: its trail; `others`: the trails of whoever its item names; `reach`: where these may be gone. What was
 * said then is kept as it stands. What follows from several items together stays as it is: who
 * folds one of its lines next finds whether that is so. */
export const identityAnew = (
  leadId: string,
  {
    own,
    others,
    stored,
    playbook,
    reach,
  }: { own: Captured[]; others: Captured[]; stored: Lead | undefined; playbook: Playbook; reach: Reach | undefined },
): NewItem<'lead'> => {
  const about = assignmentsIn([...own, ...others]).filter(isAbout(leadId));
  const subjects = about.map(({ subject }) => subject as Identity);
  const { links, aliases, decisions, mergedWith: _, fate: __, ...rest } = stored ?? {};
  const isGone = goneIn(reach, [...own, ...others]);
  const named = { aliases: saidThen(isGone, aliases), decisions: saidThen(isGone, decisions) };
  const next: NewItem<'lead'> = {
    ...{ parts: {}, movedFrom: {} },
    ...(rest as Partial<NewItem<'lead'>>),
    ...{ ...leadKey(leadId), type: 'lead', leadId, kind: kindOf(leadId), links: saidThen(isGone, links) ?? {} },
    ...{ ...(named.aliases && { aliases: named.aliases }), ...(named.decisions && { decisions: named.decisions }) },
    own: ownState(own, stored, playbook, reach),
  };
  const work = {
    ...{ leadId, kind: next.kind === 'crm' ? ('crm' as const) : ('visitor' as const), lines: own },
    links: about.flatMap(({ link }) => link ?? []),
    aliases: about.flatMap(({ alias }) => alias ?? []),
    decisions: about.flatMap(({ decided }) => decided ?? []),
    tookIn: about.flatMap(({ tookIn }) => tookIn ?? []),
    signedIn: subjects.some((one) => one.is === 'visitor' && one.signedIn) ? (true as const) : undefined,
    record: subjects.flatMap((one) => (one.is === 'crm' ? (one.record ?? []) : []))[0],
  };
  if (next.kind !== 'email') hearLinks(next, work);
  hearNames(next, work);
  if (next.kind === 'crm') hearRecord(next, work);
  const emails = subjects.flatMap((one) => (one.is === 'person' ? (one.email ?? []) : []));
  if (next.email === undefined || !emails.includes(next.email)) next.email = emails[0] ?? next.email;
  return { ...next, decisions: inOrder(next.decisions) };
};

/** What is compared: all that follows from lines alone. */
export const saysTheSame = (stored: Lead, next: NewItem<'lead'>): boolean => {
  const said = ({
    own,
    links,
    aliases,
    decisions,
    mergedWith,
    fate,
    record,
    signedIn,
    email,
    kind,
  }: NewItem<'lead'>) => ({
    ...{ own, links, aliases, decisions, mergedWith, fate, record, signedIn, email, kind },
  });
  return isSame(said(stored), said(next));
};

/** Lines that say of another identity what its item does not have. */
export const unheard = (leadId: string, own: readonly Captured[], others: ReadonlyMap<string, Lead>): Captured[] =>
  own.filter((line) =>
    assignmentsIn([line]).some(({ subject, link, alias, decided, tookIn }) => {
      if (!('leadId' in subject) || subject.leadId === leadId) return false;
      const other = others.get(subject.leadId);
      if (other === undefined) return true;
      return (
        (link !== undefined && other.links[link.leadId] === undefined) ||
        (alias !== undefined && other.aliases?.[alias.other] === undefined) ||
        (decided !== undefined && other.decisions?.[decided.other] === undefined) ||
        (tookIn !== undefined && !other.mergedWith?.includes(tookIn))
      );
    }),
  );
