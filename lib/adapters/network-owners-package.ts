// The packed file made of the npm package: once an install, since reading the package takes about a second. No network.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { packOwners } from '../network-owners/pack-owners.ts';
import { rowsOfV4, rowsOfV6 } from '../network-owners/read-rows.ts';

const { resolve } = createRequire(import.meta.url);
const packageFolder = dirname(resolve('@ip-location-db/asn/package.json'));

/** The database's text, as `rowsOfV4` and `rowsOfV6` read it. */
export const databaseText = (family: 'ipv4' | 'ipv6'): string =>
  readFileSync(join(packageFolder, `asn-${family}-num.csv`), 'utf8');

/** A name for what the file is made of: another database or another rule is another file. */
const fingerprint = (): string => {
  const rules = join(import.meta.dirname, '..', 'network-owners');
  const parts = [join(packageFolder, 'package.json'), ...readdirSync(rules).map((name) => join(rules, name))];
  const hash = createHash('sha256');
  for (const part of parts.sort()) hash.update(readFileSync(part));
  return hash.digest('hex').slice(0, 16);
};

const kept = (file: string): Uint8Array<ArrayBuffer> | undefined => {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
};

/** The bytes of the packed file, from `node_modules/.cache/muster` if they were packed before. Where that may not be written they are
 * packed anew each time. */
export const packedNetworkOwners = (): Uint8Array<ArrayBuffer> => {
  const folder = join(packageFolder, '..', '..', '.cache', 'muster');
  const file = join(folder, `network-owners-${fingerprint()}.bin`);
  const before = kept(file);
  if (before !== undefined) return before;
  const bytes = packOwners({ v4: rowsOfV4(databaseText('ipv4')), v6: rowsOfV6(databaseText('ipv6')) });
  try {
    mkdirSync(folder, { recursive: true });
    // Renamed once it is whole: another process may be looking.
    writeFileSync(`${file}.${process.pid}`, bytes);
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    // Only the second it takes is lost.
  }
  return bytes;
};
