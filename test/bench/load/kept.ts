// What became of every form that was accepted, read from the state it left: applied, waiting for a person, or lost.
import { openMuster } from '../../../cli/embedded.ts';
import type { Embedded } from '../../../lib/adapters/embedded/open.ts';
import type { Log, QueueName } from '../../../lib/ports.ts';
import { capturedBatch } from '../../../lib/steps/capture.ts';
import { subscriptions } from '../../../lib/subscriptions.ts';
import { allOf } from '../../../lib/table/items.ts';
import { linesOf } from '../../../lib/table/trail.ts';

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };
const intake = ['prompt', 'hits'] as const satisfies readonly QueueName[];
const queueNames: readonly QueueName[] = [...intake, 'timers', ...(Object.keys(subscriptions) as QueueName[])];

export interface Kept {
  applied: number;
  deadLettered: number;
  /** Neither: what must not be. */
  lost: number;
  /** Lines that stand twice in the trail: neither must that be. */
  doubled: number;
  deadLetters: Record<string, number>;
}

const linesInTrail = ({ database }: Embedded): string[] => {
  const rows = database.prepare("SELECT data FROM items WHERE type = 'trail'").all();
  return rows.flatMap(({ data }) =>
    allOf('trail', [JSON.parse(String(data))]).flatMap((item) => linesOf(item).map(({ id }) => id)),
  );
};

/** Finishes what is under way in the state at `path`, and looks where each of those touches is. */
export const whatWasKept = async (path: string, touches: ReadonlySet<string>): Promise<Kept> => {
  const { embedded, runtime } = openMuster({ path, log: silent });
  try {
    await runtime.settle();
    const lines = linesInTrail(embedded);
    const trail = new Set(lines);
    const dead = intake
      .flatMap((name) => embedded.queues.deadLetters(name))
      .flatMap(({ body }) => capturedBatch.parse(JSON.parse(body)));
    const deadIds = new Set(dead.map(({ id }) => id));
    const of = (place: ReadonlySet<string>) => [...touches].filter((id) => place.has(id)).length;
    const lost = [...touches].filter((id) => !trail.has(id) && !deadIds.has(id)).length;
    const deadLetters = queueNames
      .map((name) => [name, embedded.queues.depth(name).dead] as const)
      .filter(([, count]) => count > 0);
    return {
      applied: of(trail),
      deadLettered: [...touches].filter((id) => deadIds.has(id) && !trail.has(id)).length,
      lost,
      doubled: lines.length - trail.size,
      deadLetters: Object.fromEntries(deadLetters),
    };
  } finally {
    await embedded.close();
  }
};
