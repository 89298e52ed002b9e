// What docs/how-to/tenants.md tells a reader to type.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../architecture/house.ts';
import { outputOf } from './shell.ts';

it('says that the demo’s file is in order', { timeout: 60_000 }, async () => {
  expect(await outputOf('npm run -s muster -- tenant check demo')).toContain('Tenant demo is in order');
});

it('prints the schema that is published', { timeout: 60_000 }, async () => {
  const published = readFileSync(join(root, 'docs', 'tenant.schema.json'), 'utf8');
  expect(await outputOf('npm run -s muster -- tenant schema')).toBe(published);
});
