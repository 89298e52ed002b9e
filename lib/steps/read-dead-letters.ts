// What rests with the dead letters: of each queue how many and since when, of each letter its kind and the ids it names. What somebody
// typed, or who they are, is not shown.
import * as z from 'zod';
import { id as anId } from '../../events/moment.ts';
import type { DeadLetters, RedrivenQueue } from '../mending.ts';

const atOnce = 100;

const envelope = z.object({ 'detail-type': z.string(), detail: z.unknown() });
const named = z.looseObject({ type: z.string().regex(/^[a-z0-9.-]{1,60}$/) });
/** A stream's place. */
const streamPlace = z.object({ DDBStreamBatchInfo: z.object({ batchSize: z.number() }) });

/** Fields that hold ids Muster made. A line's own id may be what a source sent: it is shown only where it is told apart from an address. */
const idFields = [
  'id',
  'leadId',
  'accountId',
  'assignmentId',
  'operationId',
  'requestId',
  'eventId',
  'recipientId',
] as const;
const ownId = /^[a-z]+[_:][\w:.#-]{1,120}$/i;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const idsIn = (fields: Record<string, unknown>): string[] =>
  idFields.flatMap((field) => {
    const read = anId.safeParse(fields[field]);
    return read.success && ownId.test(read.data) ? [read.data] : [];
  });

/** The kind of each thing in a body, and the ids these name. */
const whatIs = (body: string): { types: string[]; ids: string[] } => {
  const document = parsed(body);
  if (streamPlace.safeParse(document).success) return { types: ['place in the stream'], ids: [] };
  const inBus = envelope.safeParse(document);
  const content = inBus.success ? inBus.data.detail : document;
  const read = (Array.isArray(content) ? content : [content]).map((one) => named.safeParse(one));
  const known = read.flatMap(({ data }) => (data === undefined ? [] : [data]));
  const own =
    inBus.success && known.length === 0 ? [inBus.data['detail-type'].replace(/[^\w .-]/g, '').slice(0, 60)] : [];
  const types = [...new Set([...own, ...known.map(({ type }) => type)])];
  return { types: types.length > 0 ? types : ['not readable'], ids: [...new Set(known.flatMap(idsIn))].slice(0, 20) };
};

/** Of one queue its letters besides; of all the counts alone. */
export const readDeadLetters = async (deadLetters: DeadLetters, queue: RedrivenQueue | undefined) => {
  if (queue !== undefined && !deadLetters.queues.includes(queue)) return { queues: [], letters: [] };
  const names = queue === undefined ? deadLetters.queues : [queue];
  const letters = new Map(
    await Promise.all(names.map(async (name) => [name, await deadLetters.list(name, queue ? atOnce : 1)] as const)),
  );
  const queues = await Promise.all(
    names.map(async (name) => {
      const oldest = letters.get(name)?.[0]?.since ?? null;
      return { queue: name, dead: Math.max(await deadLetters.count(name), letters.get(name)?.length ?? 0), oldest };
    }),
  );
  if (queue === undefined) return { queues };
  return { queues, letters: (letters.get(queue) ?? []).map(({ id, since, body }) => ({ id, since, ...whatIs(body) })) };
};
