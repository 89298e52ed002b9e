// The live panel in a real browser, against a read API that moves through the demo's states.
import { expect, test } from 'vitest';
import { panelAddress } from '../../web/server.ts';
import { acmeAt, others, type Stage } from './acme.ts';
import { asStudent, surge, thresholdReached } from './going-on.ts';
import { actions, secondsAfter } from './handling.ts';
import { token } from './stub-api.ts';
import { usePanel } from './use-panel.ts';

const panel = usePanel();

test('an account goes from Pre-Qualified to Qualified, gets an owner and a clock, and the mails follow', async () => {
  panel.show('visited', -20);
  await panel.open();
  await panel.sees('Nobody has qualified yet.');
  expect(await panel.textsOf('.account .pill')).toEqual(['Pre-Qualified', 'Pre-Qualified']);
  expect(await panel.page.locator('.journey [aria-current=step]').innerText()).toBe('Pre-Qualified');
  expect(await panel.page.locator('.sla, .owner').count()).toBe(0);
  await panel.sees('None yet.', '.account-side');

  panel.show('qualified', 18);
  await panel.sees('Qualified', '.journey [aria-current=step]');
  await panel.sees('Bea Buyer: Asked for a demo, and fits (A).');
  expect(await panel.textsOf('.account .pill')).toEqual(['Qualified', 'Qualified']);
  expect(await panel.textsOf('.lead h2, .lead .contact')).toEqual([
    'Bea Buyer',
    'buyer@acme.example',
    'ada@demo.example',
  ]);
  await panel.sees('Head of Procurement · Acme · Germany', '.lead');
  expect(await panel.page.locator('.grade strong').innerText()).toBe('A1');
  await panel.sees('Ada Rep', '.owner');
  await panel.sees('Next in turn in pool inbound.', '.owner');
  await panel.sees('They asked for a demo.', '.say');
  expect(await panel.textsOf('.mail-to')).toEqual(['to buyer@acme.example', 'to ada@demo.example']);
  expect(await panel.page.locator('#announcer').innerText()).toContain('Acme Ltd is Qualified.');
  expect(await panel.page.title()).toBe('Acme Ltd: Qualified · Muster');

  panel.show('breached', 61);
  await panel.sees('Overdue: Bea Buyer', '.mail-subject');
  expect((await panel.textsOf('.mail-to'))[0]).toBe('to grace@demo.example');
  expect((await panel.textsOf('.timeline .what')).slice(0, 4)).toEqual([
    'Escalated to Grace Chief',
    'Follow-up overdue',
    'Reminded Ada Rep to follow up',
    'Given to Ada Rep',
  ]);
  expect(await panel.textsOf('.timeline .touch .what')).toEqual([
    'Sent the form demo-request',
    'Read Pricing · Larkline',
    'Read Larkline: know which machine stops next',
  ]);
});

test("the countdown runs by the server's clock, an hour ahead of this one, and goes on between answers", async () => {
  panel.show('qualified', 18);
  const serverStart = panel.start + 3_600_000;
  panel.api.accounts = [acmeAt('qualified', serverStart)];
  const opened = Date.now();
  panel.api.now = () => serverStart + 18_000 + (Date.now() - opened);
  await panel.open();
  const secondsLeft = async () => {
    const [, minutes, seconds] = /(\d+):(\d\d)/.exec(await panel.page.locator('.sla .time').innerText())!;
    return Number(minutes) * 60 + Number(seconds);
  };
  const passed = () => (Date.now() - opened) / 1000;
  expect(Math.abs((await secondsLeft()) - (42 - passed()))).toBeLessThan(2);
  panel.api.status = 503;
  const before = await secondsLeft();
  await panel.page.waitForTimeout(2_500);
  const after = await secondsLeft();
  expect(before - after).toBeGreaterThanOrEqual(2);
  expect(Math.abs(after - (42 - passed()))).toBeLessThan(2);
});

test.each<[Stage, number, string, string, RegExp]>([
  ['qualified', 18, 'running', 'Running', /^0:4[12] left$/],
  ['reminded', 41, 'reminded', 'Running: reminder sent', /^0:1[89] left$/],
  ['reminded', 63, 'breached', 'Due: nobody has followed up', /^0:0[34] overdue$/],
  ['breached', 72, 'breached', 'Breached: Grace Chief knows', /^0:1[23] overdue$/],
  ['followed-up', 100, 'late', 'Followed up late', /^1:34 of working time, 0:35 too late$/],
])('%s, %i s in: the clock is %s and says "%s"', async (stage, seconds, state, title, time) => {
  panel.show(stage, seconds);
  await panel.open();
  await panel.page.locator(`.sla.${state}`).waitFor();
  expect(await panel.page.locator('.sla .value').innerText()).toBe(title);
  expect(await panel.page.locator('.sla .time').innerText()).toMatch(time);
  const steps = await panel.textsOf('.sla .steps li span:first-child');
  const reminded = stage === 'qualified' ? 'Reminder to Ada Rep' : 'Reminded Ada Rep';
  const escalated = stage === 'breached' || stage === 'followed-up';
  const escalation = escalated ? ['Due', 'Breached', 'Escalated to Grace Chief'] : ['Due', 'Escalation to Grace Chief'];
  expect(steps).toEqual(['Owner told', reminded, ...escalation, ...(stage === 'followed-up' ? ['Followed up'] : [])]);
  for (const at of await panel.textsOf('.sla .steps .at')) expect(at).toMatch(/^\d\d:\d\d:\d\d$/);
});

test('what strangers typed is text, wherever it stands', async () => {
  const hostile = '<img src=x onerror="document.title=\'hacked\'">';
  panel.show('qualified', 18, (view) => {
    Object.assign(view.account, { name: hostile, domain: hostile, reason: hostile, owner: hostile, status: hostile });
    view.account.parts[0]!.label = hostile;
    const [lead] = view.leads;
    Object.assign(lead!, { email: hostile, status: hostile, reason: hostile });
    lead!.profile = { firstName: hostile, company: hostile, jobTitle: hostile };
    const roles = [{ id: 'x', label: hostile }];
    Object.assign(lead!, { personas: roles, productLines: roles, missing: [hostile] });
    lead!.model.label = hostile;
    lead!.others[0]!.label = hostile;
    asStudent(lead!);
    lead!.suppressed!.rules = [{ label: hostile, why: hostile }];
    lead!.standsOut = [{ dimension: hostile as 'need', points: 1 }];
    view.account.reached = [{ ...thresholdReached, label: hostile, why: hostile }];
    view.account.surge = { ...surge, why: hostile };
    const people = [{ leadId: 'x', name: hostile, engaged: true }];
    view.account.buyingGroup = [{ persona: 'x', label: hostile, covered: true, people }];
    view.account.companyFitParts[0]!.value = hostile;
    Object.assign(lead!.assignment!, { name: hostile, email: hostile, reason: hostile, rule: hostile });
    const passedOver = [{ name: hostile, email: hostile, why: hostile }];
    lead!.assignment!.explanation[0] = { tried: hostile, held: false, why: hostile, passedOver };
    lead!.actions = actions(secondsAfter(panel.start)).map((one) => ({ ...one, why: hostile }));
    lead!.sla!.conversation = hostile;
    lead!.parts[0]!.label = hostile;
    lead!.fitParts[0]!.value = hostile;
    lead!.touches[0]!.title = hostile;
    Object.assign(view.notices[0]!, { to: hostile, subject: hostile, text: hostile });
  });
  await panel.open();
  await panel.sees(hostile, '.lead h2');
  await panel.page.locator('.mail summary').last().click();
  await panel.sees(hostile, '.mail pre');
  expect(await panel.page.locator('#panel img').count()).toBe(0);
  expect((await panel.page.locator('#panel').innerText()).split(hostile).length - 1).toBeGreaterThanOrEqual(34);
  expect(await panel.page.title()).not.toBe('hacked');
});

test('a touch that was set aside says why it does not score', async () => {
  panel.show('visited', -20, ({ leads: [lead] }) => Object.assign(lead!.touches.at(-1)!, { flag: 'bot' }));
  await panel.open();
  await panel.sees('a crawler, does not score', '.timeline .touch:last-child');
  expect(await panel.page.locator('.timeline', { hasText: 'Page Left' }).count()).toBe(0);
});

test('a mail opens as text, or as HTML in a frame that can run nothing; redrawing leaves it open', async () => {
  panel.show('breached', 61);
  await panel.open();
  const mail = panel.page.locator('.mail', { hasText: 'Overdue' });
  await mail.locator('summary').click();
  await panel.sees('Grade: A1, 104 points', '.mail[open] pre');
  await mail.getByRole('button', { name: 'HTML' }).click();
  const words = mail.frameLocator('iframe').locator('#mail');
  expect(await words.innerText()).toBe('Overdue.');
  const [frame] = panel.page.mainFrame().childFrames();
  expect(await frame!.evaluate(`getComputedStyle(document.getElementById('mail')).color`)).toBe('rgb(28, 35, 48)');
  expect(await mail.locator('iframe').getAttribute('sandbox')).toBe('');
  await panel.page.evaluate(`document.querySelector('iframe').marked = true`);
  panel.show('followed-up', 100);
  await panel.sees('Followed up late', '.timeline');
  expect(await panel.page.evaluate(`document.querySelector('iframe').marked`)).toBe(true);
  expect(await panel.page.evaluate('window.hacked')).toBeUndefined();
  await mail.getByRole('button', { name: 'Text' }).click();
  await panel.sees('Grade: A1, 104 points', '.mail[open] pre');
});

test('the token leaves the address at once and stays with the tab', async () => {
  panel.show('qualified', 18);
  await panel.open();
  await panel.sees('Bea Buyer', '.lead');
  expect(panel.page.url()).toBe(`${panel.web.url}/panel/`);
  await panel.page.reload();
  await panel.sees('Bea Buyer', '.lead');
  expect(await panel.page.evaluate('localStorage.length')).toBe(0);
  // Another address without a token of its own does not get this one's.
  await panel.page.goto(`${panel.web.url}/panel/#api=http://127.0.0.1:1`);
  await panel.page.reload();
  await panel.page.goto(`${panel.web.url}/panel/?x#api=http://127.0.0.1:1`);
  await panel.sees('Connect to the API');
});

test('the newest is shown until the reader chooses, by keyboard alone', async () => {
  panel.show('qualified', 18);
  await panel.open();
  await panel.sees('Acme Ltd', 'h1');
  await panel.page.locator('.accounts a', { hasText: 'Initech' }).focus();
  await panel.page.keyboard.press('Enter');
  await panel.sees('Initech', 'h1');
  expect(await panel.page.evaluate('document.activeElement.textContent')).toContain('Initech');
  expect(await panel.page.locator('.accounts [aria-current=true]').innerText()).toContain('Initech');
  await panel.page.waitForTimeout(1_500);
  await panel.sees('Initech', 'h1');
  await panel.page.locator('.accounts a', { hasText: 'Follow the newest' }).press('Enter');
  await panel.sees('Acme Ltd', 'h1');
  panel.api.accounts.unshift(others(panel.start)[0]!);
  await panel.sees('Globex', 'h1');
});

test('an account named in the address is shown; one that is gone is said to be', async () => {
  panel.show('qualified', 18);
  await panel.open('&account=acct_globex');
  await panel.sees('Globex', 'h1');
  expect(panel.page.url()).toBe(`${panel.web.url}/panel/#account=acct_globex`);
  await panel.page.goto(`${panel.web.url}/panel/#account=acct_gone`);
  await panel.sees('There is no such account any more.');
});

test('an API that cannot be reached is said so plainly, and the panel recovers by itself', async () => {
  panel.show('qualified', 18);
  await panel.open();
  await panel.sees('Bea Buyer', '.lead');
  await panel.page.route(`${panel.api.url}/**`, (route) => route.abort());
  await panel.sees('The API cannot be reached.', '[role=alert]');
  await panel.sees('What you see is from', '[role=alert]');
  expect(await panel.page.locator('.link').innerText()).toBe('Not connected');
  expect(await panel.page.locator('.lead h2').innerText()).toBe('Bea Buyer');
  await panel.page.unroute(`${panel.api.url}/**`);
  await panel.page.locator('[role=alert]').waitFor({ state: 'detached' });
  expect(await panel.page.locator('.link').innerText()).toBe('Live');
});

test('a token the API refuses asks for another, and asks the API no more', async () => {
  panel.show('qualified', 18);
  await panel.page.goto(panelAddress(panel.web.url, { apiUrl: panel.api.url, token: 'old' }));
  await panel.sees('The token is not accepted.');
  let asked = 0;
  panel.page.on('request', () => {
    asked += 1;
  });
  await panel.page.waitForTimeout(2_500);
  expect(asked).toBe(0);
  await panel.page.getByLabel('Read token').fill(token);
  await panel.page.keyboard.press('Enter');
  await panel.sees('Bea Buyer', '.lead');
});

test('an empty system says what to do', async () => {
  await panel.open();
  await panel.sees('None yet. Send the form on the demo site', '.accounts');
});
