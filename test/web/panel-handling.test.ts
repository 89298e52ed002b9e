// What the panel says of whose a lead is and why, of its clock, and of what sellers did, in a real browser.
import { expect, test } from 'vitest';
import {
  actions,
  byRule,
  corrected,
  hadBefore,
  onBuyer,
  paused,
  rested,
  secondsAfter,
  undelivered,
  waitingAt,
} from './handling.ts';
import { usePanel } from './use-panel.ts';

const panel = usePanel();
const at = (seconds: number) => secondsAfter(panel.start)(seconds);
const oneLine = async (selector: string) =>
  (await panel.page.locator(selector).first().innerText()).split(/\s+/).join(' ');

test('an owner comes with the role, the rule, who was passed over and who had it before, opened by the reader', async () => {
  panel.show(
    'qualified',
    18,
    onBuyer(({ assignment }) => Object.assign(assignment!, byRule, { history: hadBefore(at) })),
  );
  await panel.open();
  await panel.sees('Rule german-demos: next in turn in pool dach.', '.owner');
  expect(await panel.textsOf('.owner .role')).toEqual(['SDR']);
  expect(await panel.page.locator('.considered p').first().isVisible()).toBe(false);
  await panel.page.locator('.considered summary').click();
  await panel.page.locator('.earlier summary').click();
  expect(await panel.textsOf('.considered summary')).toEqual(['Who else came into question 3 ways, 2 passed over']);
  expect(await panel.textsOf('.considered .held-true p')).toEqual(['Country is Germany. Next in turn in pool dach.']);
  const [away, full] = await panel.textsOf('.considered ul li');
  // In the reader's own time.
  expect(away).toMatch(/^Ben Rep is away until \d+ \w+, \d\d:\d\d$/);
  expect(full).toBe('Cy Frost has 25 open leads, of 25 at most');
  expect(await panel.textsOf('.earlier li b')).toEqual(['Cy Frost', 'Ben Rep']);
  await panel.sees('it was in time after all', '.earlier li:last-child');
  await panel.page.waitForTimeout(1_200);
  expect(await panel.page.locator('.considered[open], .earlier[open]').count()).toBe(2);
});

test('a lead nobody is there for says so, and until when', async () => {
  panel.show(
    'qualified',
    18,
    onBuyer((lead) => Object.assign(lead, { assignment: null, sla: null, waiting: waitingAt(at) })),
  );
  await panel.open();
  await panel.sees('Nobody yet: waits for somebody', '.owner.waiting');
  expect(await oneLine('.waiting .until')).toMatch(/^Goes to somebody \d+ Nov, \d\d:00 at the earliest$/);
});

test.each([
  ['paused', paused, 'Paused', /^30:00 left; goes on .* at the latest$/],
  ['outside working hours', rested, 'Rests: outside working hours', /^30:00 left; goes on \d+ Nov, \d\d:\d\d$/],
] as const)('a clock that is %s stands still and says when it goes on', async (_, resting, title, time) => {
  panel.show(
    'qualified',
    18,
    onBuyer(({ sla }) => Object.assign(sla!, resting(at))),
  );
  await panel.open();
  await panel.sees(title, '.sla.resting .value');
  await panel.page.waitForTimeout(1_200);
  expect(await oneLine('.sla .time')).toMatch(time);
  expect(await oneLine('.sla .worked')).toBe('Of 1:00:00 working time');
});

test('a breach that was none says that it was called one', async () => {
  panel.show(
    'breached',
    100,
    onBuyer(({ sla }) => Object.assign(sla!, corrected(at))),
  );
  await panel.open();
  await panel.sees('Followed up in time after all', '.sla.met .value');
  await panel.sees('It was in time. We said otherwise at', '.sla .corrected');
});

test('the timeline tells what sellers did, who and why', async () => {
  panel.show(
    'qualified',
    18,
    onBuyer((lead) => Object.assign(lead, { actions: actions(at) })),
  );
  await panel.open();
  await panel.sees('Ada Rep called them', '.timeline');
  const told = (await panel.textsOf('.timeline .what')).slice(0, 7);
  expect(told.filter((text) => !text.includes('paused'))).toEqual([
    'Ada Rep called it a bad lead: No budget',
    'Ada Rep called it a good lead',
    'Ada Rep called them',
    'Somebody had the clock go on',
    'Grace Chief gave it to Ada Rep',
    'Cy Frost handed it over',
  ]);
  expect(told[4]).toMatch(/^Ada Rep paused the clock until \d+ Nov, \d\d:\d\d$/);
  expect(await panel.textsOf('.timeline q')).toEqual(['Asked in spring.', 'She knows them.']);
});

test('mails that wait or did not arrive say why', async () => {
  panel.show(
    'qualified',
    18,
    onBuyer((_, view) => view.notices.push(...undelivered(at))),
  );
  await panel.open();
  await panel.sees('Correction', '.mail');
  const words = (await panel.textsOf('.mail .failed, .mail .on-hold')).map((text) =>
    text.replace(/[\d:]{8}|\d+ Nov, \d\d:\d\d/, 'T'),
  );
  expect(words).toEqual([
    'Called spam by whoever reads it, sent T',
    'Came back, sent T: Permanent General',
    'Refused by the mail server T: 550 5.1.1 no such user',
    'Not sent: the mailbox takes no mail, T',
    'Held until T',
  ]);
});

test('neither explanations nor steps need more width than a telephone has', async () => {
  await panel.page.setViewportSize({ width: 400, height: 800 });
  panel.show(
    'qualified',
    18,
    onBuyer(({ assignment }) => Object.assign(assignment!, byRule, { history: hadBefore(at) })),
  );
  await panel.open();
  await panel.page.locator('.considered summary').click();
  await panel.page.locator('.earlier summary').click();
  expect(await panel.page.evaluate('document.documentElement.scrollWidth')).toBe(400);
});
