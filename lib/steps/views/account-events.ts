// What has happened in an account: the changes of status, surges and thresholds, and what was done about them.
import type { PublishedEventType } from '../../../events/catalogue.ts';
import type { Item } from '../../ports.ts';
import { allOf } from '../../table/items.ts';

interface Happening {
  id: string;
  type: PublishedEventType;
  at: string;
  leadId?: string;
  from?: string;
  to?: string;
  /** The threshold's label. */
  what?: string;
}

/** Oldest first. */
export const eventsOf = (items: readonly Item[]): Happening[] => {
  const happenings: Happening[] = [];
  const add = (
    type: PublishedEventType,
    at: string | undefined,
    about: Omit<Happening, 'id' | 'type' | 'at'>,
  ): void => {
    if (at !== undefined)
      happenings.push({
        id: `${type} ${about.leadId ?? ''} ${at} ${about.to ?? about.what ?? ''}`,
        type,
        at,
        ...about,
      });
  };
  for (const { history, assessment } of allOf('account-assessment', items)) {
    for (const { from, to, at } of history) add('account-status-changed.v1', at, { from, to });
    // A surge begins on a day, of which no hour is known.
    if (assessment.surge) add('account-surged.v1', `${assessment.surge.since}T00:00:00.000Z`, {});
    for (const { label, since } of assessment.reached ?? []) {
      add('account-threshold-reached.v1', since, { what: label });
    }
  }
  for (const { assessment, history } of allOf('lead-assessment', items)) {
    const { leadId } = assessment;
    for (const { from, to, at } of history) add('lead-status-changed.v1', at, { leadId, from, to });
  }
  for (const { leadId, at } of allOf('assignment', items)) add('lead-routed.v1', at, { leadId });
  for (const { leadId, clock } of allOf('sla', items)) {
    for (const { name, takenAt, recipients } of clock.steps) {
      if (recipients !== undefined) add('sla-step-due.v1', takenAt, { leadId, what: name });
    }
    add('sla-breached.v1', clock.breachedAt, { leadId });
    add('sla-stopped.v1', clock.stoppedAt, { leadId, ...(clock.ending && { to: clock.ending }) });
    // Heard of later, and that the breach was none.
    add('sla-stopped.v1', clock.correctedAt, { leadId, to: 'corrected' });
  }
  return happenings.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1));
};
