// What docs/how-to/notices.md shows is a playbook in order, and what it says of the usual reasons is so.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { readPlaybook } from '../../lib/domain/playbook/read-playbook.ts';
import { root } from '../architecture/house.ts';

const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const page = textOf('docs/how-to/notices.md');
const starter = parse(textOf('docs/playbooks/starter.yaml'));
const noticesOf = (changes: object) => {
  const reading = readPlaybook(stringify({ ...starter, ...changes }));
  if (!('value' in reading)) throw new Error('the playbook is not in order');
  return reading.value.notices;
};

it('shows notices in order', () => {
  const shown = parse(/^```yaml\n([\s\S]*?)^```/m.exec(page)?.[1] ?? '');
  expect(noticesOf(shown)).toEqual(shown.notices);
});

it('says what holds unless a playbook says otherwise', () => {
  const { routed, digest, badLead } = noticesOf({});
  expect(page).toContain(`\`routed\`: \`${routed}\`, unless said otherwise`);
  expect(digest).toBeUndefined();
  const reasons = badLead.map(({ label }) => label.toLowerCase()).join(', ');
  expect(page).toContain(`Unless said otherwise: ${reasons}.`);
});
