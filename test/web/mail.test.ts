// A mail in a real browser: on a desk and on a phone all of it can be seen, and it asks nobody for anything.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { browserTimeout, launchBrowser } from '../browser.ts';
import { exampleMail } from '../domain/notices/example-mail.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, browserTimeout);
afterAll(() => browser?.close());

it.each([
  ['a desk', 1_200],
  ['a phone', 360],
])('is whole on %s, from the first button to the last touch', { timeout: 60_000 }, async (_, width) => {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.setContent(exampleMail, { waitUntil: 'load' });

  expect(asked).toEqual([]);
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  const button = page.getByRole('link', { name: 'I am following up' });
  expect(await button.getAttribute('href')).toBe('https://api.example/act/follow-up');
  const { height = 0 } = (await button.boundingBox()) ?? {};
  // What a thumb can hit (WCAG 2.2, 2.5.8: 24 CSS pixels).
  expect(height).toBeGreaterThanOrEqual(24);
  for (const text of [
    'Bea Buyer at Acme Ltd (A1)',
    'Fri, 20 Nov 2026, 11:02:12 CET',
    'Attended a webinar',
    'Not a fit',
  ])
    expect(await page.getByText(text, { exact: true }).isVisible()).toBe(true);
  await page.close();
});
