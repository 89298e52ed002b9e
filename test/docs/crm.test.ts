// What the page on CRMs says can be copied, and its numbers are those of the code.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { readCrmSecrets } from '../../cli/given-secrets.ts';
import { connections } from '../../lib/domain/connection.ts';
import { mostWrites } from '../../lib/domain/write-loop.ts';
import { writeBackLoops } from '../../lib/sources/write-back-loops.ts';
import { root } from '../architecture/house.ts';
import { temporaryFolder } from '../cli/run.ts';
import { testPlaybook } from '../domain/playbooks.ts';

const page = readFileSync(join(root, 'docs/how-to/crm.md'), 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(([, text]) => text!);
const { path } = temporaryFolder();

test('its tenant file is in order, and writes nothing that is read', () => {
  const { crm } = z.object({ crm: connections }).parse(parse(blocks('yaml')[0]!));

  expect(Object.keys(crm)).toEqual(['hubspot']);
  expect(writeBackLoops(crm, testPlaybook())).toEqual([]);
});

test('its credentials are taken as they stand', () => {
  const [ofStack, ofFile] = blocks('json');
  mkdirSync(path(''), { recursive: true });
  writeFileSync(path('crm.json'), ofFile!);

  expect(readCrmSecrets(path('')).api).toEqual(JSON.parse(ofStack!));
  expect(readCrmSecrets(path('')).webhooks).toEqual({ hubspot: ["the app's client secret"] });
});

test('it says how often a record may be written', () => {
  expect(mostWrites).toBe(12);
  expect(page).toContain('the thirteenth write of a record within an hour');
});
