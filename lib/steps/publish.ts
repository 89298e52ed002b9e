// Reads the table's stream and publishes what follows from it: an event exists if and only if the state was saved.
import type { Published } from '../../events/catalogue.ts';
import { eventIdOf } from '../domain/ids.ts';
import type { Bus, Clock, Item, TableChange } from '../ports.ts';
import { as } from '../table/items.ts';
import { linesOf } from '../table/trail.ts';

const idOfChange = (item: Item, removed: boolean): string =>
  eventIdOf('change', item.pk, item.sk, String(item.version), removed ? 'removed' : 'written');

/** Forms that are new in a person's day. Their answers stay in the table. */
const submittedForms = ({ before, after }: TableChange, at: string): Published[] => {
  const trail = as('trail', after);
  if (trail === undefined || !trail.owner.startsWith('lead_')) return [];
  const known = new Set(linesOf(as('trail', before)).map(({ id }) => id));
  return linesOf(trail).flatMap((line): Published[] => {
    if (line.type !== 'touch-captured.v1' || line.form === undefined || line.flag !== undefined || known.has(line.id))
      return [];
    const { id: touchId, form } = line;
    return [
      { type: 'form-submitted.v1', id: eventIdOf('form', touchId), at, leadId: trail.owner, formId: form.id, touchId },
    ];
  });
};

const eventsOf = (change: TableChange, at: string): Published[] => {
  const item = change.after ?? change.before;
  if (item === undefined) return [];
  const id = idOfChange(item, change.after === undefined);
  switch (item.type) {
    case 'event':
      return change.before === undefined ? [as('event', item)!.event] : [];
    case 'member': {
      const { accountId, leadId } = as('member', item)!;
      return [{ type: 'lead-changed.v1', id, at, accountId, leadId }];
    }
    case 'account':
    case 'opportunity':
    case 'contract': {
      const { accountId } = item as Item & { accountId: string };
      return [{ type: 'account-changed.v1', id, at, accountId, what: item.type }];
    }
    case 'trail':
      return submittedForms(change, at);
    default:
      return [];
  }
};

/** One event per changed lead or account in a batch: the last, since whoever hears it reads the state anyway. */
const collapsed = (events: readonly Published[]): Published[] => {
  const last = new Map<string, Published>();
  for (const event of events) {
    const about =
      event.type === 'lead-changed.v1'
        ? `${event.accountId} ${event.leadId}`
        : event.type === 'account-changed.v1'
          ? event.accountId
          : event.id;
    last.set(`${event.type} ${about}`, event);
  }
  return [...last.values()];
};

export const createPublish =
  ({ bus, clock }: { bus: Bus; clock: Clock }) =>
  async (changes: readonly TableChange[]): Promise<void> => {
    const at = new Date(clock.now()).toISOString();
    const events = collapsed(changes.flatMap((change) => eventsOf(change, at)));
    if (events.length > 0) await bus.publish(events);
  };
