// Publishes anew what the table's stream could not be made to tell: of each place the stream still has, its outboxes; of one it has
// forgotten, the outboxes that the items written then still carry. Listeners know what they heard before.
import * as z from 'zod';
import type { AskedOf } from '../../domain/operations.ts';
import type { DeadLetter } from '../../mending.ts';
import type { Item } from '../../ports.ts';
import { createPublish } from '../publish.ts';
import { adding, type OperatePorts, type Running, type Slice } from './slice.ts';

const placesAtOnce = 20;
const itemsAtOnce = 500;
const pagesAtOnce = 10;
/** Clocks differ, and a batch is written in a moment and published in the next. */
const marginMs = 60_000;

/** Where the scan for what a forgotten stretch of the stream held has come to. */
const scanning = z.object({
  from: z.string(),
  to: z.string(),
  cursor: z.string().optional(),
  places: z.array(z.string()),
});
type Scanning = z.infer<typeof scanning>;

const happened = z.array(z.object({ at: z.string() }));

const wasWrittenIn = ({ outbox }: Item, { from, to }: Scanning): boolean => {
  if (outbox === undefined) return false;
  return happened.parse(JSON.parse(outbox)).some(({ at }) => at >= from && at <= to);
};

const shifted = (moment: string, ms: number): string => new Date(Date.parse(moment) + ms).toISOString();

/** They are published: their letters are done with. */
const remove = async ({ deadLetters }: OperatePorts, bodies: ReadonlySet<string>): Promise<void> => {
  if (bodies.size > 0) await deadLetters.rewrite('publish', (body) => (bodies.has(body) ? undefined : body));
};

/** What the stream still has of the first of these places is published; answers the bodies of the rest, and when that was written.
 * Letters that are no places hide none behind them. */
const fromStream = async ({ bus, stream }: OperatePorts, letters: readonly DeadLetter[]) => {
  const done = new Set<string>();
  const gone: { body: string; from: string; to: string }[] = [];
  let published = 0;
  let unreadable = 0;
  for (const { body } of letters) {
    if (done.size + gone.length === placesAtOnce) break;
    const found = await stream?.outboxesAt(body);
    if (found === undefined) unreadable += 1;
    else if ('gone' in found) gone.push({ body, ...found.gone });
    else {
      await createPublish({ bus })(found.outboxes);
      published += found.outboxes.length;
      done.add(body);
    }
  }
  return { done, gone, published, unreadable };
};

const scanOn = async (
  ports: OperatePorts,
  sought: Scanning,
): Promise<{ published: number; cursor?: string | undefined }> => {
  let { cursor } = sought;
  let published = 0;
  for (let page = 0; page < pagesAtOnce; page += 1) {
    const { items, next } = await ports.table.scan(cursor, itemsAtOnce);
    const outboxes = items.filter((item) => wasWrittenIn(item, sought)).map(({ outbox }) => outbox!);
    await createPublish(ports)(outboxes);
    published += outboxes.length;
    cursor = next;
    if (next === undefined) break;
  }
  return { published, cursor };
};

const overwritten =
  'the stream no longer reaches back to some places: the items written then were looked for instead, and those that were written ' +
  'again since carry the events of that later write alone. `muster rebuild` has everybody judged anew';

export const redriveStream = async (ports: OperatePorts, running: Running<AskedOf<'redrive'>>): Promise<Slice> => {
  const { asked, at, progress, report } = running;
  const under = scanning.safeParse(progress);
  if (under.success) {
    const { published, cursor } = await scanOn(ports, under.data);
    const soFar = adding(report, { publishedFromItems: published });
    if (cursor !== undefined) return { done: false, progress: { ...under.data, cursor }, report: soFar };
    await remove(ports, new Set(under.data.places));
    return { done: false, progress: null, report: adding(soFar, { redriven: under.data.places.length }) };
  }
  const letters = (await ports.deadLetters.list('publish', 1_000)).filter(
    ({ id, since }) => since < at && (asked.ids === undefined || asked.ids.includes(id)),
  );
  const { done, gone, published, unreadable } = await fromStream(ports, letters);
  await remove(ports, done);
  const soFar = adding(report, { redriven: done.size, published });
  if (gone.length > 0) {
    const from = shifted(gone.map((one) => one.from).sort()[0]!, -marginMs);
    const to = shifted(
      gone
        .map((one) => one.to)
        .sort()
        .at(-1)!,
      marginMs,
    );
    const places = gone.map(({ body }) => body);
    return {
      done: false,
      progress: { from, to, places },
      report: adding(soFar, { placesForgotten: places.length }, [overwritten]),
    };
  }
  if (done.size > 0) return { done: false, progress: null, report: soFar };
  return { done: true, report: unreadable > 0 ? adding(soFar, { unreadable }) : soFar };
};
