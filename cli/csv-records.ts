// Records of a CSV file one by one, as they are read; what is no CSV is named with file and line.
import { createReadStream } from 'node:fs';
import { type CsvError, parse } from 'csv-parse';
import { CommandError } from './command-error.ts';

export interface CsvRecord {
  /** The file's line that it ends on. */
  line: number;
  record: string[];
}

const unreadable = (path: string, error: unknown): CommandError => {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new CommandError(`${path}: there is no such file`);
  if (code === 'EISDIR') return new CommandError(`${path}: is a folder, not a CSV file`);
  if (code?.startsWith('CSV_')) return new CommandError(`${path}:${(error as CsvError).lines ?? 1}: ${message}`);
  return new CommandError(`${path}: cannot be read (${code ?? message})`);
};

/** Of whatever width; empty lines are none. Text in UTF-8, with or without a mark of it. Throws CommandError. */
export async function* csvRecords(path: string): AsyncGenerator<CsvRecord> {
  const parser = parse({ bom: true, skip_empty_lines: true, relax_column_count: true, info: true });
  const source = createReadStream(path);
  source.on('error', (error) => parser.destroy(error));
  const read = source.pipe(parser) as AsyncIterable<{ record: string[]; info: { lines: number } }>;
  const records = read[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await records.next().catch((error: unknown) => {
        throw unreadable(path, error);
      });
      if (next.done) return;
      yield { line: next.value.info.lines, record: next.value.record };
    }
  } finally {
    source.destroy();
    parser.destroy();
  }
}
