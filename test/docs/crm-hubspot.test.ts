// What the page on HubSpot says can be copied, and names just the properties that are read.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { connections } from '../../lib/domain/connection.ts';
import { crmMapping } from '../../lib/domain/playbook/crm.ts';
import { noMapping } from '../../lib/domain/playbook/crm-mapping.ts';
import { hubspotProperties } from '../../lib/sources/hubspot.ts';
import { root } from '../architecture/house.ts';

const page = readFileSync(join(root, 'docs/how-to/crm-hubspot.md'), 'utf8');
const [tenant, playbook, writing] = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml]): unknown => parse(yaml!));

test('its tenant file and its playbook are in order', () => {
  expect(z.object({ crm: connections }).parse(tenant)).toEqual(tenant);
  expect(z.object({ crm: connections }).parse(writing)).toEqual(writing);
  expect(z.object({ crm: z.object({ hubspot: crmMapping }) }).safeParse(playbook).error).toBeUndefined();
});

test.each(['contact', 'company', 'deal'] as const)('its table names what is read of a %s', (kind) => {
  const rows = page.split('\n').filter((row) => row.startsWith(`| ${kind} |`));
  const named = rows.flatMap((row) => [...row.matchAll(/`(\w+)`/g)].map(([, name]) => name));

  expect(named.sort()).toEqual(
    hubspotProperties(kind, noMapping)
      .filter((name) => name !== 'hs_merged_object_ids')
      .sort(),
  );
});
