// What docs/how-to/calendars.md says of when things are due is so, by the playbook it shows.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { expect, it, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { readPlaybook } from '../../lib/domain/playbook/read-playbook.ts';
import { addBusinessTime, millisecondsOf } from '../../lib/domain/sla/business-time.ts';
import { calendarOf } from '../../lib/domain/sla/calendar-of.ts';
import { holidayYears } from '../../lib/domain/sla/holidays.ts';
import { root } from '../architecture/house.ts';

const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const page = textOf('docs/how-to/calendars.md');
const shown = /^```yaml\n([\s\S]*?)^```/m.exec(page)?.[1] ?? '';
/** The playbook to begin with, with what the page shows in place of its own. */
const reading = readPlaybook(stringify({ ...parse(textOf('docs/playbooks/starter.yaml')), ...parse(shown) }));
const rows = [...page.matchAll(/^\| (\S+@\S+) \| (.+?) \| (.+?) \|$/gm)].map(
  ([, who, told, due]) => [who, told, due] as const,
);

it('shows a playbook in order', () => {
  expect(reading).not.toHaveProperty('complaints');
  expect(rows).toHaveLength(8);
});

test.each(rows)('%s, told on %s, has time until %s', (who, told, due) => {
  if (!('value' in reading)) throw new Error('the playbook is not in order');
  const calendar = calendarOf(who!, reading.value);
  const start = DateTime.fromFormat(told!, 'ccc yyyy-MM-dd HH:mm', { zone: calendar.timezone, locale: 'en' });
  const end = addBusinessTime(start.toMillis(), millisecondsOf(reading.value.sla.otherwise.within), calendar);
  expect(DateTime.fromMillis(end, { zone: calendar.timezone, locale: 'en' }).toFormat('ccc yyyy-MM-dd HH:mm')).toBe(
    due,
  );
});

it('says which years’ holidays there are', () => {
  expect(page).toContain(`Public holidays are known from ${holidayYears().first} to ${holidayYears().last}.`);
});
