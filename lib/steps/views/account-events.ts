// What has happened in an account: the changes of status, surges and thresholds, and what was done about them.
import type { PublishedEventType } from '../../../events/catalogue.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import { ownerNamed } from '../../domain/routing/availability.ts';
import type { PastClock } from '../../domain/sla/clock.ts';
import type { Item } from '../../ports.ts';
import { allOf, type StoredItem } from '../../table/items.ts';

interface Happening {
  id: string;
  type: PublishedEventType;
  at: string;
  leadId?: string;
  from?: string;
  /** A status; whom a lead was given or somebody told of it; how a clock ended. */
  to?: string;
  /** The threshold's label; what a step of a clock does. */
  what?: string;
  /** Why the lead came to them. */
  why?: string;
  /** Of a clock that was answered: whether in time. */
  met?: boolean;
}

type About = Omit<Happening, 'id' | 'type' | 'at'>;

const happening = (type: PublishedEventType, at: string | undefined, about: About): Happening[] => {
  if (at === undefined) return [];
  const { leadId = '', what = '', to = '' } = about;
  return [{ id: [type, leadId, at, what, to].join(' '), type, at, ...about }];
};

const accountEvents = ({ history, assessment }: StoredItem<'account-assessment'>): Happening[] => [
  ...history.flatMap(({ from, to, at }) => happening('account-status-changed.v1', at, { from, to })),
  // A surge begins on a day, of which no hour is known.
  ...(assessment.surge ? happening('account-surged.v1', `${assessment.surge.since}T00:00:00.000Z`, {}) : []),
  ...(assessment.reached ?? []).flatMap(({ label, since }) =>
    happening('account-threshold-reached.v1', since, { what: label }),
  ),
];

const statusEvents = ({ assessment: { leadId }, history }: StoredItem<'lead-assessment'>): Happening[] =>
  history.flatMap(({ from, to, at }) => happening('lead-status-changed.v1', at, { leadId, from, to }));

/** Each owner's turn; why it came to them where it was somebody else's before. */
const turnEvents = ({ leadId, history, owner, at }: StoredItem<'assignment'>): Happening[] => {
  const turns = [...history, ...(owner === undefined ? [] : [{ owner, at }])];
  return turns.flatMap((turn, index) => {
    const why = history[index - 1]?.why;
    return happening('lead-routed.v1', turn.at, { leadId, to: turn.owner.name, ...(why !== undefined && { why }) });
  });
};

const clockEvents = (leadId: string, clock: PastClock, playbook: Playbook): Happening[] => [
  ...clock.steps.flatMap(({ do: what, takenAt, recipients }) =>
    recipients === undefined
      ? []
      : happening('sla-step-due.v1', takenAt, {
          leadId,
          what,
          to: recipients.map((email) => ownerNamed(email, playbook).name).join(', '),
        }),
  ),
  ...happening('sla-breached.v1', clock.breachedAt, { leadId }),
  ...happening('sla-stopped.v1', clock.stoppedAt, {
    leadId,
    ...(clock.ending && { to: clock.ending }),
    ...(clock.met !== undefined && { met: clock.met }),
  }),
  // Heard of later, and that the breach was none.
  ...happening('sla-stopped.v1', clock.correctedAt, { leadId, to: 'corrected' }),
];

/** Oldest first. */
export const eventsOf = (items: readonly Item[], playbook: Playbook): Happening[] => {
  const happenings = [
    ...allOf('account-assessment', items).flatMap(accountEvents),
    ...allOf('lead-assessment', items).flatMap(statusEvents),
    ...allOf('assignment', items).flatMap(turnEvents),
    ...allOf('sla', items).flatMap(({ leadId, clock }) =>
      [...clock.past, clock].flatMap((one) => clockEvents(leadId, one, playbook)),
    ),
  ];
  // A clock that goes on with the next owner has the steps it had taken before.
  const once = new Map(happenings.map((one) => [one.id, one]));
  return [...once.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1));
};
