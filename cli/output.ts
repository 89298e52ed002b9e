// Standard output in pieces, as fast as it is read and no faster.
import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';

const pieceCharacters = 1 << 16;

/** Who reads no further (`| head`) has what they wanted: the command ends, quietly. */
const endQuietly = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
};

/** Writes all of it, and waits where the reader is slower. */
export const printAll = async (texts: Iterable<string>): Promise<void> => {
  const { stdout } = process;
  stdout.on('error', endQuietly);
  const print = async (text: string): Promise<void> => {
    if (stdout.write(text)) await nextTurn();
    else await once(stdout, 'drain');
  };
  let piece = '';
  for (const text of texts) {
    piece += text;
    if (piece.length < pieceCharacters) continue;
    await print(piece);
    piece = '';
  }
  await print(piece);
};
