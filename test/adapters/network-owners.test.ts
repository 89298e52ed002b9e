import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { networkOwners, networkOwnersIn } from '../../lib/adapters/network-owners.ts';
import { packedNetworkOwners } from '../../lib/adapters/network-owners-package.ts';
import { packOwners } from '../../lib/network-owners/pack-owners.ts';
import { rowsOfV4 } from '../../lib/network-owners/read-rows.ts';

const packed = packOwners({ v4: rowsOfV4('3325256704,3325256959,64500,Acme Inc.'), v6: [] });

test('the packed file is read at the first question, once', () => {
  let reads = 0;
  const owners = networkOwners(() => {
    reads += 1;
    return packed;
  });
  expect(reads).toBe(0);
  expect(owners.ownerOf('198.51.100.7')).toEqual({ asn: 64_500, name: 'Acme Inc.' });
  expect(owners.ownerOf('198.51.101.7')).toBeUndefined();
  expect(reads).toBe(1);
});

test('a function finds it beside its module', () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-owners-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'network-owners.bin'), packed);
  const owners = networkOwnersIn(new URL('network-owners.bin', pathToFileURL(join(folder, 'index.mjs'))));
  expect(owners.ownerOf('198.51.100.7')?.name).toBe('Acme Inc.');
});

test('the embedded edition packs the package once, and is given the same bytes from then on', () => {
  const first = packedNetworkOwners();
  expect(Buffer.compare(packedNetworkOwners(), first)).toBe(0);
  expect(networkOwners(packedNetworkOwners).ownerOf('17.1.2.3')).toEqual({ asn: 714, name: 'Apple Inc.' });
});
