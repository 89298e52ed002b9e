// The rows of a file that could not be taken in, in a file beside it, with what is wrong: put right there, it can be imported.
import { once } from 'node:events';
import { createWriteStream, existsSync, rmSync, type WriteStream } from 'node:fs';
import { csvRow } from '../../lib/domain/csv.ts';

export interface Refused {
  path: string;
  add(line: number, record: readonly string[], reason: string): Promise<void>;
  count(): number;
  end(): Promise<void>;
}

const refusedBeside = (file: string): string => `${file.replace(/\.csv$/i, '')}.refused.csv`;

/** Written once there is a first; one of an earlier run is removed, or added to by a run that goes on where that one
 * stopped: what both refused then stands there twice, and counts once when it is imported. */
export const createRefused = (file: string, header: readonly string[], { goesOn = false } = {}): Refused => {
  const path = refusedBeside(file);
  if (!goesOn) rmSync(path, { force: true });
  const isBegun = existsSync(path);
  let stream: WriteStream | undefined;
  let count = 0;
  const write = async (cells: readonly (string | number)[]): Promise<void> => {
    stream ??= createWriteStream(path, { mode: 0o600, flags: 'a' });
    if (!stream.write(csvRow(cells))) await once(stream, 'drain');
  };
  return {
    path,
    async add(line, record, reason) {
      if (count === 0 && !isBegun) await write([...header, '_line', '_reason']);
      count += 1;
      // Cells beyond the first line's follow the reason, so that it stands in its column whatever the row has.
      await write([...header.map((_, at) => record[at] ?? ''), line, reason, ...record.slice(header.length)]);
    },
    count: () => count,
    async end() {
      if (stream === undefined) return;
      stream.end();
      await once(stream, 'close');
    },
  };
};

/** A dry run tells the first few, and writes nothing. */
export const toldOnly = (file: string, tell: (text: string) => void): Refused => {
  const mostTold = 20;
  let count = 0;
  return {
    path: refusedBeside(file),
    async add(line, _, reason) {
      count += 1;
      if (count <= mostTold) tell(`${file}:${line}: ${reason}`);
    },
    count: () => count,
    async end() {
      if (count > mostTold) tell(`and ${count - mostTold} more`);
    },
  };
};
