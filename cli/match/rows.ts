// Rows of a CSV file one by one, by the names of its columns; what cannot be read is named with file and line.
import { CommandError } from '../command-error.ts';
import { csvRecords } from '../csv-records.ts';

export interface Row<Column extends string> {
  line: number;
  values: Record<Column, string>;
}

/** Columns in any order, further ones ignored. Throws CommandError. */
export async function* rowsOf<Column extends string>(
  path: string,
  columns: readonly Column[],
): AsyncGenerator<Row<Column>> {
  let places: number[] | undefined;
  let width = 0;
  for await (const { record, line } of csvRecords(path)) {
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
  if (places === undefined) throw new CommandError(`${path}: is empty; its first line names the columns`);
}
