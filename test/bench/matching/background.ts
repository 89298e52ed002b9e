// Makes lib/domain/account-matching/background-words.json: how common words are in names of organisations at large, from names
// that have nothing to do with the labelled ones. Two npm packages, unpacked beside each other (`npm pack`, `tar xzf`):
//   node test/bench/matching/background.ts PATH/asn-ipv4.csv PATH/asn-ipv6.csv PATH/index.json
// `@ip-location-db/asn` (CC BY 4.0, data of routeviews.org, nro.net and db-ip.com): owners of networks, which are companies, universities,
// hospitals, banks and authorities of all countries. `oui-data` (BSD-2-Clause, IEEE's public register): makers of devices.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { foldText } from '../../../lib/domain/names/fold-text.ts';
import { parseName } from '../../../lib/domain/names/parse-name.ts';

/** Words in so many names: below that, chance and spelling decide. */
const wordsKept = 2_000;

const ownersIn = (file: string): string[] =>
  parse(readFileSync(file), { relax_quotes: true, relax_column_count: true }).map((row: string[]) => row[3] ?? '');
const makersIn = (file: string): string[] =>
  Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>).map((text) => text.split('\n')[0]!);

/** The commonest words with what each tells: 0 of one in every name, 100 of one in a single name. */
export const toldOf = (names: readonly string[], most: number): [word: string, told: number][] => {
  const counts = new Map<string, number>();
  for (const name of names) {
    for (const word of new Set(parseName(name).segments.flat())) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts]
    .filter(([word]) => /^(@[A-Z]{2}|[a-z0-9]{2,})$/.test(word))
    .sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
    .slice(0, most)
    .map(([word, count]) => [word, Math.round((100 * Math.log(names.length / count)) / Math.log(names.length))]);
};

const write = (files: readonly string[]): void => {
  const names = new Map<string, string>();
  for (const file of files) {
    for (const name of file.endsWith('.json') ? makersIn(file) : ownersIn(file)) names.set(foldText(name).trim(), name);
  }
  names.delete('');
  const words: Record<string, string> = {};
  for (const [word, told] of toldOf([...names.values()], wordsKept))
    words[told] = words[told] === undefined ? word : `${words[told]} ${word}`;
  const table = {
    from: `${names.size} names of network owners and device makers: npm packages @ip-location-db/asn (CC BY 4.0, data of routeviews.org, nro.net and db-ip.com) and oui-data (BSD-2-Clause, IEEE's register), by test/bench/matching/background.ts`,
    words,
  };
  const file = join(import.meta.dirname, '../../../lib/domain/account-matching/background-words.json');
  writeFileSync(file, `${JSON.stringify(table, undefined, 2)}\n`);
};

if (import.meta.main) write(process.argv.slice(2));
