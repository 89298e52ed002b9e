// A world that fails in every way its parts may fail, by a seed, until told to be well again.
import type { StepPorts, WrapConsumer } from '../../cli/embedded.ts';
import type { Published, PublishedOf } from '../../events/catalogue.ts';
import type { SlaClock } from '../../lib/domain/sla/clock.ts';
import type { Bus, Item, Mailer, Table, Timers } from '../../lib/ports.ts';
import { faultyTable } from '../contracts/faulty-table.ts';

/** mulberry32: numbers from 0 up to 1. */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export interface Faults {
  /** How often each fault happened. */
  happened: Record<string, number>;
  /** Every clock ever saved, by generation. */
  clocks: Map<string, SlaClock>;
  /** Every breach handed to the bus, the same one again where publishing was tried again. */
  breaches: PublishedOf<'sla-breached.v1'>[];
  /** Ids of the events by which the sweep asked for an assessment. */
  assessmentsDue: Set<string>;
  wrapPorts: (ports: StepPorts) => StepPorts;
  wrapConsumer: WrapConsumer;
  /** No more faults from here on; what the bus still holds is delivered. */
  end(): Promise<void>;
}

export const faultsFrom = (seed: number): Faults => {
  const random = randomFrom(seed);
  const happened: Record<string, number> = {
    conflicts: 0,
    throttling: 0,
    lostAnswers: 0,
    crashedBefore: 0,
    crashedAfter: 0,
    busFailed: 0,
    eventsDoubled: 0,
    eventsHeldBack: 0,
    timersEarly: 0,
    timersLate: 0,
    timersTwice: 0,
    timersLost: 0,
    mailsFailedAfterAccepting: 0,
  };
  let well = false;
  const strikes = (chance: number, fault: string): boolean => {
    if (well || random() >= chance) return false;
    happened[fault] = happened[fault]! + 1;
    return true;
  };
  const shuffled = <Value>(values: readonly Value[]): Value[] =>
    values
      .map((value) => ({ value, rank: random() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ value }) => value);

  const clocks = new Map<string, SlaClock>();
  const breaches: PublishedOf<'sla-breached.v1'>[] = [];
  const assessmentsDue = new Set<string>();
  const remember = (item: Item): void => {
    if (item.type !== 'sla') return;
    const clock = item.clock as SlaClock;
    clocks.set(clock.generation, clock);
  };

  const table = (own: Table): Table => {
    const faulty = faultyTable(own, { seed, conflicts: 0.04, throttling: 0.02, lostAnswers: 0.02 });
    const now = (): Table => (well ? own : faulty);
    const counted = async <Answer>(call: Promise<Answer>): Promise<Answer> => {
      try {
        return await call;
      } finally {
        Object.assign(happened, faulty.happened);
      }
    };
    return {
      get: (key) => counted(now().get(key)),
      getMany: (keys) => counted(now().getMany(keys)),
      query: (pk, prefix, limit) => counted(now().query(pk, prefix, limit)),
      list: (listPk, options) => counted(now().list(listPk, options)),
      count: (listPk, atMost) => counted(now().count(listPk, atMost)),
      write: (write) => {
        if ('put' in write) remember(write.put);
        return counted(now().write(write));
      },
      transact: (writes) => {
        for (const write of writes) if ('put' in write) remember(write.put);
        return counted(now().transact(writes));
      },
    };
  };

  let heldBack: Published[] = [];
  let wellBus: Bus;
  const bus = (own: Bus): Bus => {
    wellBus = own;
    return {
      async publish(events) {
        for (const event of events) {
          if (event.type === 'sla-breached.v1') breaches.push(event);
          if (event.type === 'assessment-due.v1') assessmentsDue.add(event.id);
        }
        const failing = strikes(0.05, 'busFailed');
        const taken = failing ? events.filter(() => random() < 0.5) : events;
        const released = heldBack.filter(() => random() < 0.3);
        heldBack = heldBack.filter((event) => !released.includes(event));
        const now = [...taken, ...released].flatMap((event) => {
          if (strikes(0.05, 'eventsHeldBack')) {
            heldBack.push(event);
            return [];
          }
          if (!strikes(0.08, 'eventsDoubled')) return [event];
          heldBack.push(event);
          return [event, event];
        });
        await own.publish(well ? now : shuffled(now));
        if (failing) throw new Error('some events were not accepted');
      },
    };
  };

  const hour = 3_600_000;
  const moved = (at: string, milliseconds: number): string => new Date(Date.parse(at) + milliseconds).toISOString();
  const timers = (own: Timers): Timers => ({
    async set(timer) {
      if (strikes(0.3, 'timersLost')) return;
      if (strikes(0.15, 'timersTwice')) {
        await own.set({ ...timer, name: `${timer.name}.again`, at: moved(timer.at, random() * 60_000) });
      }
      if (strikes(0.25, 'timersEarly')) return own.set({ ...timer, at: moved(timer.at, -random() * 6 * hour) });
      if (strikes(0.25, 'timersLate')) return own.set({ ...timer, at: moved(timer.at, random() * 30 * hour) });
      return own.set(timer);
    },
    cancel: (name) => own.cancel(name),
  });

  const mailer = (own: Mailer): Mailer => ({
    async send(mail) {
      const sent = await own.send(mail);
      if (strikes(0.15, 'mailsFailedAfterAccepting')) throw new Error('the answer did not come in time');
      return sent;
    },
  });

  return {
    happened,
    clocks,
    breaches,
    assessmentsDue,
    wrapPorts: (ports) => ({
      table: table(ports.table),
      bus: bus(ports.bus),
      timers: timers(ports.timers),
      mailer: mailer(ports.mailer),
    }),
    wrapConsumer: (_name, consumer) => async (messages) => {
      if (strikes(0.03, 'crashedBefore')) throw new Error('crashed before the batch');
      const answer = await consumer(well ? messages : shuffled(messages));
      if (strikes(0.03, 'crashedAfter')) throw new Error('crashed after the batch');
      return answer;
    },
    async end() {
      well = true;
      const held = heldBack;
      heldBack = [];
      if (held.length > 0) await wellBus.publish(held);
    },
  };
};
