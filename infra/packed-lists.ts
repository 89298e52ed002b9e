// The lists of domains that a function carries, 280 KB of its code as their packages have them: packed they are 100 KB of text,
// which is no code to parse, and unpacked (in 5 ms) when somebody first asks.
import { brotliCompressSync } from 'node:zlib';
import type { Plugin } from 'esbuild';
import { disposableList, freemailList } from '../lib/domain/mail-lists.ts';

/** A module with the exports of `lib/domain/mail-lists.ts`, and the same answers in order of their names. */
export const packedMailLists = (): string => {
  const lists = [freemailList(), disposableList()].map((list) => [...list].sort().join(' '));
  const text = brotliCompressSync(lists.join('\n')).toString('base64');
  return `import { brotliDecompressSync } from 'node:zlib';
const lists = () => brotliDecompressSync(Buffer.from('${text}', 'base64')).toString().split('\\n');
export const freemailList = () => lists()[0].split(' ');
export const disposableList = () => lists()[1].split(' ');
`;
};

export const packedLists: Plugin = {
  name: 'packed-lists',
  setup: ({ onLoad }) => {
    let contents: string | undefined;
    onLoad({ filter: /lib[\\/]domain[\\/]mail-lists\.ts$/ }, () => {
      contents ??= packedMailLists();
      return { contents, loader: 'js' };
    });
  },
};
