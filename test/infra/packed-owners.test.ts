import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { functionNames } from '../../infra/function-sizes.ts';
import { packOwnersInto, withNetworkOwners } from '../../infra/packed-owners.ts';
import { packedOwners } from '../../lib/network-owners/packed-owners.ts';

test('network owners lie beside the modules that name the file, and beside no others', () => {
  const out = mkdtempSync(join(tmpdir(), 'muster-bundles-'));
  onTestFinished(() => rmSync(out, { recursive: true }));
  for (const name of functionNames) mkdirSync(join(out, name));
  packOwnersInto(out);
  const entries = join(import.meta.dirname, '..', '..', 'functions', 'lambda');
  const asking = functionNames.filter((name) =>
    readFileSync(join(entries, `${name}.ts`), 'utf8').includes("'network-owners.bin'"),
  );
  expect(asking).toEqual([...withNetworkOwners]);
  for (const name of asking) {
    const owners = packedOwners(readFileSync(join(out, name, 'network-owners.bin')));
    expect(owners.ownerOf('17.1.2.3')?.name).toBe('Apple Inc.');
  }
});
