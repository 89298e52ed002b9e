// What docs/how-to/seller-actions.md shows is taken as it stands there.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { leadCommand } from '../../cli/lead.ts';
import { lineOfAction, readAction } from '../../lib/sources/action.ts';
import { root } from '../architecture/house.ts';
import { testPlaybook } from '../domain/playbooks.ts';

const page = readFileSync(join(root, 'docs/how-to/seller-actions.md'), 'utf8');
const now = Date.parse('2026-11-20T12:00:00.000Z');

it('the document posted to the API, by a playbook that says nothing of reasons', () => {
  const document: unknown = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '');
  const read = readAction(document, now);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const taken = lineOfAction(read.sent, read.leadId, { requestId: 'r1', now, playbook: testPlaybook() });
  expect(taken).toMatchObject({ lines: [{ id: 'action:call-4711', action: { stage: 'nurture' } }] });
});

it('every command, one for each action there is, with the options it has', () => {
  const shown = [...page.matchAll(/^\| `muster lead ([\w-]+) [^`]*` \|/gm)];
  const options = [...page.matchAll(/^\| `muster lead ([\w-]+) ([^`]*)` \|/gm)].flatMap(([, name = '', rest = '']) =>
    [...rest.matchAll(/--[\w-]+/g)].map(([option]) => [name, option] as const),
  );
  const { commands } = leadCommand();
  expect(shown.map(([, name]) => name)).toEqual(commands.map((command) => command.name()));
  expect(options.length).toBeGreaterThan(3);
  for (const [name, option] of options) {
    const known = commands.find((command) => command.name() === name)?.options.map(({ long }) => long);
    expect(known, name).toContain(option);
  }
});
