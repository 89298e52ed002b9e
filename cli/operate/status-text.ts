// How a running Muster stands, as somebody woken at night reads it: what needs them first, then a line for each queue.
import * as z from 'zod';
import { shownLine } from '../foreign-text.ts';

const moment = z.iso.datetime();

/** What of it is shown; the rest is in the JSON. */
export const seenStatus = z.looseObject({
  needsAPerson: z.array(z.string()),
  queues: z.array(
    z.looseObject({
      queue: z.string(),
      waiting: z.number().nullable(),
      oldestWaiting: moment.nullable().default(null),
      dead: z.number(),
      oldestDead: z.string().nullable(),
    }),
  ),
  timersLate: z.number(),
  held: z.object({ notices: z.number(), crmWrites: z.number(), crmRequests: z.number() }),
  quarantine: z.number(),
  sweep: z.looseObject({ at: moment }).nullable(),
  playbook: z.looseObject({ number: z.number(), since: moment }).nullable(),
  operations: z.array(z.looseObject({ operationId: z.string(), operation: z.string(), at: moment })),
  serverTime: moment,
});
export type SeenStatus = z.infer<typeof seenStatus>;

/** Two units are enough for somebody who decides whether to get up. */
const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const;

const ageText = (from: string, to: string): string => {
  const seconds = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1_000));
  const first = units.findIndex(([, length]) => seconds >= length);
  if (first < 0) return '0 s';
  const [[unit, length], next] = [units[first]!, units[first + 1]];
  const rest = next && Math.floor((seconds % length) / next[1]);
  return `${Math.floor(seconds / length)} ${unit}${next && rest ? ` ${rest} ${next[0]}` : ''}`;
};

const queueRows = ({ queues, serverTime }: SeenStatus): string[] => {
  const age = (count: number | null, since: string | null): string =>
    count === 0 || count === null ? '-' : since === null ? 'unknown' : ageText(since, serverTime);
  const rows = [
    ['Queue', 'Waiting', 'Oldest', 'Dead', 'Oldest'],
    ...queues.map(({ queue, waiting, oldestWaiting, dead, oldestDead }) => [
      ...[queue, waiting === null ? '-' : String(waiting), age(waiting, oldestWaiting)],
      ...[String(dead), age(dead, oldestDead)],
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  '),
  );
};

const otherRows = (seen: SeenStatus): string[] => {
  const { sweep, playbook, held, serverTime } = seen;
  const ago = (at: string): string => `${ageText(at, serverTime)} ago`;
  const rows = [
    ['Last sweep', sweep === null ? 'never' : ago(sweep.at)],
    ['Timers late', String(seen.timersLate)],
    ['Held', `${held.notices} notices, ${held.crmWrites} CRM writes, ${held.crmRequests} CRM requests`],
    ['Quarantine', seen.quarantine === 1 ? '1 line' : `${seen.quarantine} lines`],
    ['Playbook', playbook === null ? 'none' : `version ${playbook.number}, live since ${playbook.since}`],
    ...seen.operations.map(({ operationId, operation, at }) => [
      ...['Under way', shownLine(`${operation} ${operationId}, asked for ${ago(at)}`)],
    ]),
  ];
  return rows.map(([name, text]) => `${name!.padEnd(11)}  ${text}`);
};

export const statusText = (seen: SeenStatus): string => {
  const verdict =
    seen.needsAPerson.length === 0
      ? 'Nothing needs a person.'
      : ['A person is needed:', ...seen.needsAPerson.map((why) => `  ${shownLine(why)}`)].join('\n');
  return [seen.serverTime, verdict, '', ...queueRows(seen), '', ...otherRows(seen)].join('\n');
};
