// The lists that functions carry, 440 KB of code as their packages have them: mail domains, public suffixes and how each
// country writes telephone numbers. Packed they are 130 KB of text, which is no code to parse.
import { brotliCompressSync } from 'node:zlib';
import type { Plugin } from 'esbuild';
import { disposableList, freemailList } from '../lib/domain/mail-lists.ts';

const packed = (text: string): string => brotliCompressSync(text).toString('base64');
const unpack = `import { brotliDecompressSync } from 'node:zlib';
const unpack = (text) => brotliDecompressSync(Buffer.from(text, 'base64')).toString();
`;

/** Sorted names, each as how many letters it shares with the one before (A none, B one, up to Z) and its other letters. */
const frontCoded = (names: readonly string[]): string =>
  names
    .map((name, index) => {
      const before = names[index - 1] ?? '';
      let shared = 0;
      while (shared < 25 && shared < before.length && before[shared] === name[shared]) shared += 1;
      return String.fromCharCode(65 + shared) + name.slice(shared);
    })
    .join('');

/** A module with the exports of `lib/domain/mail-lists.ts`, and the same answers in another order, unpacked (in 10 ms) when
 * somebody first asks. A line holds what the domains of one ending are named: `1 de AgmailCx` are gmail.de and gmx.de, of
 * the first list (1), the second (2) or both (3). */
export const packedMailLists = (): string => {
  const [freemail, disposable] = [new Set(freemailList()), new Set(disposableList())];
  const lines = Map.groupBy([...freemail.union(disposable)].sort(), (domain) => {
    const of = (freemail.has(domain) ? 1 : 0) + (disposable.has(domain) ? 2 : 0);
    return `${of} ${domain.slice(domain.indexOf('.') + 1)}`;
  });
  const text = [...lines].map(([ending, domains]) => {
    const names = domains.map((domain) => domain.slice(0, domain.indexOf('.')));
    return `${ending} ${frontCoded(names.sort())}`;
  });
  return `${unpack}
const list = (which) => unpack('${packed(text.sort().join('\n'))}').split('\\n').flatMap((line) => {
  const [of, ending, names] = line.split(' ');
  let name = '';
  return of & which ? names.match(/[A-Z][^A-Z]*/g).map((next) => {
    name = name.slice(0, next.charCodeAt(0) - 65) + next.slice(1);
    return name + '.' + ending;
  }) : [];
});
export const freemailList = () => list(1);
export const disposableList = () => list(2);
`;
};

/** A module with the exports of one that exports nothing but data: texts, numbers, lists of numbers, what JSON can say. */
export const packedData = (exported: Readonly<Record<string, unknown>>): string => {
  const values: unknown[] = [];
  const lines = Object.entries(exported).map(([name, value], index) => {
    const typed = ArrayBuffer.isView(value) ? value.constructor.name : undefined;
    values.push(ArrayBuffer.isView(value) ? Array.from(value as Uint8Array) : value);
    const again = typed === undefined ? `values[${index}]` : `new ${typed}(values[${index}])`;
    return `const value${index} = ${again}; export { value${index} as ${name} };`;
  });
  return `${unpack}
const values = JSON.parse(unpack('${packed(JSON.stringify(values))}'));
${lines.join('\n')}
`;
};

const dataModules =
  /(?:tldts-icann[\\/]dist[\\/]es6[\\/]src[\\/]data[\\/]trie|libphonenumber-js[\\/]metadata\.min\.json)\.js$/;

export const packedLists: Plugin = {
  name: 'packed-lists',
  setup: ({ onLoad }) => {
    onLoad({ filter: /lib[\\/]domain[\\/]mail-lists\.ts$/ }, () => ({ contents: packedMailLists(), loader: 'js' }));
    onLoad({ filter: dataModules }, async ({ path }) => ({ contents: packedData(await import(path)), loader: 'js' }));
  },
};
