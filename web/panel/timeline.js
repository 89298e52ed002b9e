// What happened, newest first: what people did, and what followed from it.
import { h } from './dom.js';
import { flagText, touchText } from './touches.js';
import { moment, personName } from './words.js';

const shown = 60;

export function timeline(leads, events) {
  const byId = new Map(leads.map((lead) => [lead.leadId, lead]));
  const several = leads.length > 1;
  const entries = [
    ...leads.flatMap((lead) =>
      lead.touches.filter(isTold).map((touch) => ({
        id: `${lead.leadId} ${touch.id}`,
        at: touch.occurredAt,
        kind: 'touch',
        text: touchText(touch),
        aside: flagText(touch),
        who: several ? personName(lead) : null,
      })),
    ),
    ...events.flatMap((event) => {
      const told = eventWords[event.type] ?? { text: () => event.type.replace(/\.v\d+$/, '').replaceAll('-', ' ') };
      if (told.silent) return [];
      const lead = byId.get(event.leadId);
      const who = several && lead ? personName(lead) : null;
      return { id: event.id, at: event.at, kind: told.tone ?? 'step', text: told.text(event, lead), who };
    }),
  ].sort((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : one.kind === 'touch' ? 1 : -1));
  return h(
    'section',
    { class: 'card', key: 'timeline' },
    h('h2', null, 'Timeline'),
    entries.length === 0 ? h('p', { class: 'quiet' }, 'Nothing has happened yet.') : null,
    h(
      'ol',
      { class: 'timeline' },
      entries
        .slice(0, shown)
        .map(({ id, at, kind, text, who, aside }) =>
          h(
            'li',
            { key: id, class: kind },
            h('span', { class: 'what' }, text),
            h('span', { class: 'quiet' }, who && `${who} · `, moment(at), aside && ` · ${aside}`),
          ),
        ),
    ),
    entries.length > shown && h('p', { class: 'quiet' }, `and ${entries.length - shown} before.`),
  );
}

/** Leaving a page is told by having read it. */
function isTold({ kind, title }) {
  return !(kind === 'event' && title === 'Page Left');
}

const change = (subject) => (event) =>
  event.to ? `${subject} ${event.from ? `${event.from} → ` : 'is '}${event.to}` : `${subject} status changed`;

/** Silent ones only say that something was saved, which the touch beside them says better. */
const eventWords = {
  'lead-changed.v1': { silent: true },
  'account-changed.v1': { silent: true },
  'form-submitted.v1': { silent: true },
  'account-status-changed.v1': { text: change('Account:') },
  'account-surged.v1': { text: () => 'Surge began', tone: 'good' },
  'account-threshold-reached.v1': { text: ({ what }) => `Reached: ${what}`, tone: 'good' },
  'lead-status-changed.v1': { text: change('Lead:') },
  'lead-qualified.v1': { text: () => 'Qualified', tone: 'good' },
  'lead-routed.v1': { text: () => 'Given to an owner' },
  'sla-reminder-due.v1': { text: () => 'Owner reminded to follow up', tone: 'warm' },
  'sla-breached.v1': { text: () => 'Follow-up overdue, escalated', tone: 'bad' },
  'sla-stopped.v1': { text: (_, lead) => (lead?.sla ? stoppedWords[lead.sla.met] : 'Followed up'), tone: 'good' },
};

const stoppedWords = { true: 'Followed up in time', false: 'Followed up late', null: 'Followed up' };
