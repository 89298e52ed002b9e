// What docs/how-to/aws.md says of how many functions a tenant keeps free is what its stack does.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { functionSizes } from '../../infra/function-sizes.ts';
import { root } from '../architecture/house.ts';

const page = readFileSync(join(root, 'docs/how-to/aws.md'), 'utf8');
/** Functions that only some tenants have. */
const { 'capture-salesforce': partnerBus, 'sync-crm': write, 'pull-crm': pull, outbound, ...always } = functionSizes;
const keptFree = (sizes: readonly { atOnce: number }[]): number => sizes.reduce((sum, { atOnce }) => sum + atOnce, 0);

it('says how many functions a tenant keeps free, and how many tenants fit into an account', () => {
  const least = keptFree(Object.values(always));
  expect(page).toContain(`keeps ${least} free`);
  expect(page).toContain(`up to ${least + keptFree([partnerBus, write, pull, outbound])} with`);
  expect(Math.floor((1_000 - 100) / least)).toBe(4);
});
