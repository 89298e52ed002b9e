// What happened, newest first: what people did, what sellers did about it, and what followed from it.
import { actionEntry } from './action-words.js';
import { h } from './dom.js';
import { eventEntry } from './event-words.js';
import { flagText, touchText } from './touches.js';
import { moment, personName, withTimes } from './words.js';

const shown = 60;

/** Of what has the same time what the person did came first. */
function newestFirst(one, other) {
  return one.at < other.at ? 1 : one.at > other.at ? -1 : one.kind === 'touch' ? 1 : -1;
}

function entriesOfLead(lead, who) {
  const { leadId, touches, actions } = lead;
  return [
    ...touches.filter(isTold).map((touch) => ({
      id: `${leadId} ${touch.id}`,
      at: touch.occurredAt,
      kind: 'touch',
      text: touchText(touch),
      aside: flagText(touch),
      who,
    })),
    ...actions.map((action) => ({
      id: `${leadId} ${action.id}`,
      at: action.occurredAt,
      ...actionEntry(action),
      said: action.why,
      who,
    })),
  ];
}

export function timeline(leads, events) {
  const byId = new Map(leads.map((lead) => [lead.leadId, lead]));
  const nameOf = (lead) => (lead && leads.length > 1 ? personName(lead) : null);
  const entries = [
    ...leads.flatMap((lead) => entriesOfLead(lead, nameOf(lead))),
    ...events.flatMap((event) => {
      const entry = eventEntry(event);
      return entry ? { id: event.id, at: event.at, ...entry, who: nameOf(byId.get(event.leadId)) } : [];
    }),
  ].sort(newestFirst);
  return h(
    'section',
    { class: 'card', key: 'timeline' },
    h('h2', null, 'Timeline'),
    entries.length === 0 ? h('p', { class: 'quiet' }, 'Nothing has happened yet.') : null,
    h('ol', { class: 'timeline' }, entries.slice(0, shown).map(line)),
    entries.length > shown && h('p', { class: 'quiet' }, `and ${entries.length - shown} before.`),
  );
}

function line({ id, at, kind, text, why, said, who, aside }) {
  return h(
    'li',
    { key: id, class: kind },
    h('span', { class: 'what' }, text),
    why && h('span', { class: 'because' }, withTimes(why)),
    said && h('q', { class: 'because' }, said),
    h('span', { class: 'quiet' }, who && `${who} · `, moment(at), aside && ` · ${aside}`),
  );
}

/** Leaving a page is told by having read it. */
function isTold({ kind, title }) {
  return !(kind === 'event' && title === 'Page Left');
}
