// What followed from what people did, as the timeline tells it.

const change = (subject) => (event) =>
  event.to ? `${subject} ${event.from ? `${event.from} → ` : 'is '}${event.to}` : `${subject} status changed`;

const answered = (met) =>
  met === undefined
    ? { text: 'Followed up', kind: 'good' }
    : { text: met ? 'Followed up in time' : 'Followed up late', kind: met ? 'good' : 'warm' };

/** Where the lead went on, that it was given to somebody says it. */
const stopped = {
  answered: ({ met }) => answered(met),
  over: () => ({ text: 'Clock stopped: no follow-up is asked for any more' }),
  replaced: () => null,
  moved: () => null,
  corrected: () => ({ text: 'Put right: the follow-up was in time after all', kind: 'good' }),
};

const steps = {
  remind: ({ to }) => ({ text: to ? `Reminded ${to} to follow up` : 'A reminder was due', kind: 'warm' }),
  escalate: ({ to }) => ({ text: to ? `Escalated to ${to}` : 'An escalation was due', kind: 'bad' }),
  // Whom it went to is told by itself.
  reassign: () => null,
};

/** Null of what only says that something was saved, which what stands beside it says better. */
const words = {
  'lead-changed.v1': () => null,
  'account-changed.v1': () => null,
  'form-submitted.v1': () => null,
  'account-status-changed.v1': (event) => ({ text: change('Account:')(event) }),
  'account-surged.v1': () => ({ text: 'Surge began', kind: 'good' }),
  'account-threshold-reached.v1': ({ what }) => ({ text: `Reached: ${what}`, kind: 'good' }),
  'lead-status-changed.v1': (event) => ({ text: change('Lead:')(event) }),
  'lead-qualified.v1': () => ({ text: 'Qualified', kind: 'good' }),
  'lead-routed.v1': ({ to, why }) => ({ text: to ? `Given to ${to}` : 'Given to an owner', why }),
  'sla-step-due.v1': (event) => steps[event.what]?.(event),
  'sla-breached.v1': () => ({ text: 'Follow-up overdue', kind: 'bad' }),
  'sla-stopped.v1': (event) => (stopped[event.to] ?? stopped.answered)(event),
};

export function eventEntry(event) {
  const plain = (type) => ({ text: type.replace(/\.v\d+$/, '').replaceAll('-', ' ') });
  const entry = (words[event.type] ?? (() => plain(event.type)))(event);
  return entry && { kind: 'step', ...entry };
}
