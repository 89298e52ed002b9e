// Rows of a CSV file one by one, by the names of its columns; what cannot be read is named with file and line.
import { createReadStream } from 'node:fs';
import { type CsvError, parse } from 'csv-parse';
import { CommandError } from '../command-error.ts';

export interface Row<Column extends string> {
  line: number;
  values: Record<Column, string>;
}

const unreadable = (path: string, error: unknown): CommandError => {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new CommandError(`${path}: there is no such file`);
  if (code === 'EISDIR') return new CommandError(`${path}: is a folder, not a CSV file`);
  if (code?.startsWith('CSV_')) return new CommandError(`${path}:${(error as CsvError).lines ?? 1}: ${message}`);
  return new CommandError(`${path}: cannot be read (${code ?? message})`);
};

/** Columns in any order, further ones ignored; text in UTF-8, with or without a mark of it. Throws CommandError. */
export async function* rowsOf<Column extends string>(
  path: string,
  columns: readonly Column[],
): AsyncGenerator<Row<Column>> {
  let places: number[] | undefined;
  let width = 0;
  try {
    const parser = parse({ bom: true, skip_empty_lines: true, relax_column_count: true, info: true });
    const source = createReadStream(path);
    source.on('error', (error) => parser.destroy(error));
    for await (const { record, info } of source.pipe(parser) as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      const line = info.lines;
      if (places === undefined) {
        const header = record.map((name) => name.trim());
        const missing = columns.filter((column) => !header.includes(column));
        if (missing.length > 0) {
          throw new CommandError(
            `${path}:${line}: the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing; there are: ${header.join(', ')}`,
          );
        }
        places = columns.map((column) => header.indexOf(column));
        width = header.length;
        continue;
      }
      if (record.length !== width) {
        throw new CommandError(`${path}:${line}: has ${record.length} columns where the first line has ${width}`);
      }
      const values = Object.fromEntries(columns.map((column, at) => [column, record[places![at]!]!.trim()]));
      yield { line, values: values as Record<Column, string> };
    }
  } catch (error) {
    throw error instanceof CommandError ? error : unreadable(path, error);
  }
  if (places === undefined) throw new CommandError(`${path}: is empty; its first line names the columns`);
}
