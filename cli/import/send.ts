// Posts what was read of a file in batches the API takes, a few at once, and again where it was busy.
import { setTimeout as wait } from 'node:timers/promises';
import { refusalIn, type Where } from '../ask-api.ts';
import { CommandError } from '../command-error.ts';

/** Items of one request, and bytes of its body, with room for what stands around them: the API ends at 100 and 64 KB. */
const mostItems = 100;
const mostBytes = 60_000;
const atOnce = 4;
const attempts = 7;

export interface Row {
  line: number;
  item: object;
}

export interface Sender {
  add(row: Row): Promise<void>;
  /** Sends what is left. */
  end(): Promise<void>;
  /** The file's line up to which everything is taken in. */
  sentUpTo(): number;
}

/** Half a second, doubled each time: over half a minute in all, and never all senders at one moment. */
const pause = (attempt: number): Promise<void> => wait(500 * 2 ** attempt * (0.5 + Math.random() / 2));

const isBusy = ({ status }: Response): boolean => status === 429 || status >= 500;

const post = async ({ url, token }: Where, path: string, body: string): Promise<void> => {
  const address = `${url.replace(/\/+$/, '')}${path}`;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  for (let attempt = 0; ; attempt += 1) {
    const isLast = attempt === attempts - 1;
    const response = await fetch(address, { method: 'POST', headers, body }).catch((error: Error) => {
      if (isLast) throw new CommandError(`${url} does not answer (${error.message})`);
    });
    if (response?.ok) {
      await response.arrayBuffer();
      return;
    }
    if (response !== undefined && (isLast || !isBusy(response))) {
      throw new CommandError(`${url} answered ${response.status}: ${refusalIn(await response.text())}`);
    }
    await pause(attempt);
  }
};

export const createSender = (where: Where, path: string, bodyOf: (items: readonly string[]) => string): Sender => {
  let sentUpTo = 0;
  let bytes = 0;
  let batch: string[] = [];
  let full: string[][] = [];
  let lastLine = 0;

  const close = (): void => {
    if (batch.length > 0) full.push(batch);
    batch = [];
    bytes = 0;
  };
  const flush = async (): Promise<void> => {
    await Promise.all(full.map((items) => post(where, path, bodyOf(items))));
    full = [];
  };
  return {
    async add({ line, item }) {
      const text = JSON.stringify(item);
      const size = Buffer.byteLength(text) + 1;
      if (batch.length === mostItems || bytes + size > mostBytes) {
        close();
        if (full.length === atOnce) {
          await flush();
          sentUpTo = lastLine;
        }
      }
      batch.push(text);
      bytes += size;
      lastLine = line;
    },
    async end() {
      close();
      await flush();
      sentUpTo = lastLine;
    },
    sentUpTo: () => sentUpTo,
  };
};
