// What docs/how-to/sla.md says of when each step is due, and to whom it goes, is so by the playbook it shows.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { readPlaybook } from '../../lib/domain/playbook/read-playbook.ts';
import { startClock } from '../../lib/domain/sla/clock.ts';
import { recipientOf } from '../../lib/domain/sla/clock-steps.ts';
import { root } from '../architecture/house.ts';

const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const page = textOf('docs/how-to/sla.md');
const shown = /^```yaml\n([\s\S]*?)^```/m.exec(page)?.[1] ?? '';
const starter = parse(textOf('docs/playbooks/starter.yaml'));
const reading = readPlaybook(stringify({ ...starter, ...parse(shown) }));
const rows = [...page.matchAll(/^\| `(\S+%\S*)` \| (.+?) \| (.+?) \|$/gm)].map(([, step, when, to]) => [
  step,
  when,
  to,
]);

it('has the steps as it shows them', () => {
  if (!('value' in reading)) throw new Error(JSON.stringify(reading));
  const playbook = reading.value;
  const owner = 'ada@company.example';
  const routedAt = '2026-11-20T10:00:00.000Z';
  const ids = { assignmentId: 'evt_1.1', generation: 'evt_1', qualifiedAt: routedAt };
  const { steps, dueAt } = startClock({ ...ids, owner, grade: 'A1', routedAt }, playbook);
  const inBerlin = (at: string) => DateTime.fromISO(at, { zone: 'Europe/Berlin', locale: 'en' });
  expect(rows).toEqual(
    steps.map(({ name, at, to }) => [
      name,
      inBerlin(at).toFormat('ccc HH:mm'),
      recipientOf(to, owner, playbook) ?? 'whom the rules say',
    ]),
  );
  expect(page).toContain(`Her time is over at ${inBerlin(dueAt).toFormat('HH:mm')}.`);
});
