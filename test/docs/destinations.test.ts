// What the page on destinations says can be copied, and its times and events are those of the code.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { readDestinationSecrets } from '../../cli/given-secrets.ts';
import { destinations, nextTry, toldOutside } from '../../lib/domain/destinations.ts';
import { root } from '../architecture/house.ts';
import { temporaryFolder } from '../cli/run.ts';

const page = readFileSync(join(root, 'docs/how-to/destinations.md'), 'utf8');
const block = (language: string): string => new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(page)![1]!;
const rows = [...page.matchAll(/^\| `([a-z-]+\.v1)` \|[^|]*\| yes \| (yes)? ?\|$/gm)];
const { path } = temporaryFolder();

test('its tenant file is in order, and its secrets are taken as they stand', () => {
  const file = z.object({ destinations }).parse(parse(block('yaml')));
  mkdirSync(path(''), { recursive: true });
  writeFileSync(path('destinations.json'), block('json'));

  expect(Object.keys(readDestinationSecrets(path('')))).toEqual(Object.keys(file.destinations));
});

test('it lists every event that is told, and those of chats', () => {
  expect(rows.map(([, event]) => event).sort()).toEqual([...toldOutside].sort());
  for (const [, event, chat] of rows) {
    const inChat = destinations.safeParse({ sales: { kind: 'slack', events: [event] } }).success;
    expect(inChat, event).toBe(chat === 'yes');
  }
});

test('it says when a delivery is tried again', () => {
  const waits = Array.from({ length: 8 }, (_, tries) => nextTry(tries + 1, 0)).map(
    (at) => at && Date.parse(at) / 1_000,
  );

  expect(waits).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, undefined]);
  expect(page).toContain('5 seconds, 5 minutes, 30 minutes, 2, 5, 10 and 14 hours');
});
