// Why somebody is in an account, and who waits for somebody to look, in a real browser.
import { expect, test } from 'vitest';
import type { LeadView } from './acme-leads.ts';
import { usePanel } from './use-panel.ts';

const panel = usePanel();
const globex = { accountId: 'acct_639ca07b66b1c7d0', name: 'Globex Corporation', score: 0.87 };
const waits = (review: Partial<NonNullable<LeadView['review']>>) => {
  panel.show('qualified', 18, ({ leads: [lead] }) => {
    const since = new Date(panel.start - 3 * 3_600_000).toISOString();
    lead!.review = { reason: 'ambiguous', since, suggestions: [], doubt: null, ...review };
  });
  return panel.open();
};

test('everybody who was matched says why they are here', async () => {
  panel.show('qualified', 18);
  await panel.open();
  await panel.sees('Why here acme.example', '.match');
  expect(await panel.page.locator('.review').count()).toBe(0);
});

test('who stands alone says why no account was found', async () => {
  panel.show('qualified', 18, ({ leads: [lead] }) => {
    lead!.match = { accountId: 'solo_1', rule: 'unmatched', evidence: 'The mail is freemail.' };
  });
  await panel.open();
  await panel.sees('No account The mail is freemail.', '.match');
});

test('who waits says what for, since when, what is likeliest, and what to type', async () => {
  await waits({ suggestions: [{ ...globex, rejected: 'it is in another country' }] });
  await panel.sees('Waits for review: Several accounts may be meant, and none for sure. 3 h ago', '.review');
  await panel.sees('Perhaps Globex Corporation, 87 % likely: it is in another country', '.review');
  await panel.page.locator('.review summary').click();
  const said = ' \\\n  --by YOU --why "…"';
  expect(await panel.page.locator('.review pre').innerText()).toBe(
    `muster review assign lead_9b74c9897bac770f ${globex.accountId}${said}\nmuster review dismiss lead_9b74c9897bac770f${said}`,
  );

  // Still open once the panel has drawn itself anew.
  await panel.page.waitForTimeout(1_200);
  expect(await panel.page.locator('.review pre').isVisible()).toBe(true);
});

test('a doubt goes before what only came into question', async () => {
  await waits({ reason: 'doubtful', doubt: { ...globex, why: 'The CRM puts the person there.' } });
  await panel.sees('Waits for review: It stands here, and something says otherwise.', '.review');
  await panel.sees('Perhaps Globex Corporation, 87 % likely: The CRM puts the person there.', '.review');
});

test.each([1280, 360])('fits a window of %i', async (width) => {
  await panel.page.setViewportSize({ width, height: 900 });
  const hostile = '<img src=x>'.repeat(20);
  await waits({ suggestions: [{ ...globex, name: hostile, rejected: 'x'.repeat(300) }] });
  await panel.page.locator('.review summary').click();
  await panel.sees(hostile, '.review');
  expect(await panel.page.evaluate('document.documentElement.scrollWidth')).toBe(width);
});
