// What the sweep asks assess for, as it passes the bus.

import type { WrapPorts } from '../../cli/embedded.ts';
import type { PublishedOf } from '../../events/catalogue.ts';

export type Asked = PublishedOf<'assessment-due.v1'>;

/** Hands every such event to `hear` before it is published. */
export const askedOnBus =
  (hear: (asked: Asked[]) => void): WrapPorts =>
  (ports) => ({
    ...ports,
    bus: {
      publish: async (events) => {
        hear(events.filter((event) => event.type === 'assessment-due.v1'));
        await ports.bus.publish(events);
      },
    },
  });
