// `muster secret` as docs/how-to/secrets.md and edge.md have it typed, in this very process: what it prints, what it says, how it ends.
import { Readable } from 'node:stream';
import { vi } from 'vitest';
import { CommandError } from '../../cli/command-error.ts';
import { secretCommand } from '../../cli/secret.ts';

export interface Typed {
  /** On standard output. */
  printed: string;
  /** On standard error, or why it was refused. */
  said: string;
  refused: boolean;
}

const begins = 'npm run -s muster -- secret ';

/** `command` as it stands in the page, with what the test has in the place of a reader's. */
export const type = async (command: string, stdin = ''): Promise<Typed> => {
  const lines: Record<'log' | 'error', string[]> = { log: [], error: [] };
  const spies = [
    vi.spyOn(console, 'log').mockImplementation((line) => lines.log.push(line)),
    vi.spyOn(console, 'error').mockImplementation((line) => lines.error.push(line)),
    vi.spyOn(process, 'stdin', 'get').mockReturnValue(Readable.from([stdin]) as typeof process.stdin),
  ];
  const args = command
    .slice(begins.length)
    .replace(/ < \S+$/, '')
    .split(' ');
  let refused = false;
  try {
    await secretCommand().parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    refused = true;
    lines.error.push(error.message);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return { printed: lines.log.join('\n'), said: lines.error.join('\n'), refused };
};
