// What the page on Pipedrive says can be copied.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { connections } from '../../lib/domain/connection.ts';
import { crmMapping } from '../../lib/domain/playbook/crm.ts';
import { root } from '../architecture/house.ts';

const page = readFileSync(join(root, 'docs/how-to/crm-pipedrive.md'), 'utf8');
const [tenant, playbook, writing] = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml]): unknown => parse(yaml!));

test('its tenant files and its playbook are in order', () => {
  expect(z.object({ crm: connections }).parse(tenant)).toEqual(tenant);
  expect(z.object({ crm: connections }).parse(writing)).toEqual(writing);
  expect(z.object({ crm: z.object({ pipedrive: crmMapping }) }).safeParse(playbook).error).toBeUndefined();
});
