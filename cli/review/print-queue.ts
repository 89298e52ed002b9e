// The leads in review as people read them: a table for the terminal, rows for a spreadsheet.
import { csvRow } from '../../lib/domain/csv.ts';
import { shownLine } from '../foreign-text.ts';
import type { Entry, Queue } from './read-queue.ts';

/** 40 s, 5 min, 3 h, 2 d: whole ones, rounded down. */
const ageText = (since: string, now: string): string => {
  const seconds = Math.max(0, Math.floor((Date.parse(now) - Date.parse(since)) / 1_000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  return seconds < 86_400 ? `${Math.floor(seconds / 3_600)} h` : `${Math.floor(seconds / 86_400)} d`;
};

/** What says something against the account where it stands goes before what only came into question. */
const bestOf = ({ doubt, suggestions }: Entry) => doubt ?? suggestions[0];

const suggestionText = (entry: Entry): string => {
  const best = bestOf(entry);
  return best === undefined ? 'none' : `${best.name} (${best.score.toFixed(2)}, ${best.accountId})`;
};

const widest = 48;
const cell = (text: string): string => {
  const safe = shownLine(text);
  return safe.length > widest ? `${safe.slice(0, widest - 1).toWellFormed()}…` : safe;
};

const summary = ({ size, more, oldestSince, serverTime }: Queue): string => {
  if (oldestSince === null) return 'Nobody waits.';
  const [count, verb] = [`${more ? 'more than ' : ''}${size}`, size === 1 ? 'waits' : 'wait'];
  return `${count} ${verb}, the longest for ${ageText(oldestSince, serverTime)}`;
};

export function* queueTable(queue: Queue): Iterable<string> {
  const rows = queue.entries.map((entry) => {
    const company = [entry.company ?? '', entry.country ?? ''].filter((text) => text !== '').join(', ');
    const who = cell(entry.email ?? entry.leadId);
    // Never cut: the account's id is what is typed next.
    return [ageText(entry.since, queue.serverTime), entry.reason, who, cell(company), shownLine(suggestionText(entry))];
  });
  if (rows.length > 0) {
    const all = [['waits', 'reason', 'who', 'company', 'best suggestion'], ...rows];
    const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]!.length)));
    for (const row of all)
      yield `${row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}\n`;
  }
  yield `${summary(queue)}\n`;
}

export function* queueCsv({ entries }: Queue): Iterable<string> {
  const columns = ['since', 'reason', 'leadId', 'email', 'company', 'country', 'accountId', 'evidence'] as const;
  yield csvRow([...columns, 'suggestedId', 'suggestedName', 'score']);
  for (const entry of entries) {
    const best = bestOf(entry);
    const own = columns.map((column) => entry[column] ?? undefined);
    yield csvRow([...own, best?.accountId, best?.name, best?.score.toFixed(2)]);
  }
}
