// What the page on Salesforce says can be copied, and every field its table names is read.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { connections } from '../../lib/domain/connection.ts';
import { crmMapping } from '../../lib/domain/playbook/crm.ts';
import { root } from '../architecture/house.ts';

const page = readFileSync(join(root, 'docs/how-to/crm-salesforce.md'), 'utf8');
const [tenant, withApi, playbook] = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml]): unknown => parse(yaml!));
const code = ['activities', 'deals', 'people-and-accounts'].map((name) =>
  readFileSync(join(root, `lib/sources/salesforce/${name}.ts`), 'utf8'),
);

test('its tenant files and its playbook are in order', () => {
  for (const file of [tenant, withApi]) expect(z.object({ crm: connections }).parse(file)).toEqual(file);
  expect(z.object({ crm: z.object({ salesforce: crmMapping }) }).safeParse(playbook).error).toBeUndefined();
});

test('its table names what is read, and nothing that is not', () => {
  const rows = page.split('\n').filter((row) => /^\| [A-Z]\w+ \| (an?|who) /.test(row));
  const named = rows.flatMap((row) => [...row.matchAll(/`([\w.]+)`/g)].map(([, name]) => name));

  expect(rows).toHaveLength(8);
  for (const name of named) expect(code.join('\n')).toContain(`'${name}'`);
});
