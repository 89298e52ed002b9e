// What an earlier release published, as this one has it: when one release takes the place of another such events are in the table's
// stream, on queues and among dead letters. They say no other version than those of today and are told by their shape.

interface Event {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Nobody counted turns: an assignment was its owner's first, as in the items of that release. */
const firstTurn = (event: Event): Event =>
  event.assignmentId === undefined ? { ...event, assignmentId: `${event.generation}.1` } : event;

/** By type. A time that ran out is told here by steps of the clock, which such an event had none of. */
const upcasters: Readonly<Record<string, (event: Event) => Event>> = {
  'lead-routed.v1': firstTurn,
  'sla-breached.v1': firstTurn,
  'sla-stopped.v1': (event) => {
    if (event.because !== undefined) return event;
    const { met, ...stopped } = firstTurn(event);
    return { ...stopped, ...(met === true ? { because: 'answered', met } : { because: 'over' }) };
  },
  'sla-reminder-due.v1': (event) => {
    const { generation: _, ...due } = firstTurn(event);
    return { ...due, type: 'sla-step-due.v1', step: 'remind-50%' };
  },
};

/** As it stands where it is of today. */
export const upcastEvent = (event: Event): Event =>
  Object.hasOwn(upcasters, event.type) ? upcasters[event.type]!(event) : event;
