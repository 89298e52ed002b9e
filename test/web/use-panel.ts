// The panel in a real browser, against a stub of the read API: what its tests share.
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { AccountView } from '../../lib/steps/read-accounts.ts';
import { panelAddress, serveWeb, type Web } from '../../web/server.ts';
import { browserTimeout, launchBrowser } from '../browser.ts';
import { acmeAt, others, type Stage } from './acme.ts';
import { openStubApi, type StubApi, token } from './stub-api.ts';

export interface Panel {
  page: Page;
  api: StubApi;
  web: Web;
  /** When the form was sent, milliseconds since 1970. */
  start: number;
  /** The API says what it would `seconds` after the form was sent; its clock stands still from then on. */
  show(stage: Stage, seconds: number, more?: (view: AccountView) => void): void;
  open(hash?: string): Promise<unknown>;
  sees(text: string, scope?: string): Promise<void>;
  textsOf(selector: string): Promise<string[]>;
}

/** Opens an empty page, its site and its API before each test of the file; no test may leave an error or break the policy. */
export const usePanel = (): Panel => {
  let browser: Browser;
  let faults: string[];
  // Filled before the first test asks.
  const panel = {
    show(stage, seconds, more = () => {}) {
      const view = acmeAt(stage, panel.start);
      more(view);
      panel.api.accounts = [view, ...others(panel.start)];
      panel.api.now = () => panel.start + seconds * 1000;
    },
    open: (hash = '') => panel.page.goto(panelAddress(panel.web.url, { apiUrl: panel.api.url, token }) + hash),
    sees: (text, scope = 'body') => panel.page.locator(scope, { hasText: text }).first().waitFor(),
    textsOf: (selector) => panel.page.locator(selector).allInnerTexts(),
  } as Panel;

  beforeAll(async () => {
    browser = await launchBrowser();
  }, browserTimeout);
  afterAll(() => browser.close());
  beforeEach(async () => {
    panel.api = await openStubApi();
    panel.web = await serveWeb({ apiUrl: panel.api.url, writeKey: 'wk' });
    panel.page = await browser.newPage();
    panel.page.setDefaultTimeout(10_000);
    faults = [];
    panel.page.on('pageerror', (error) => faults.push(String(error)));
    panel.page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) faults.push(message.text());
    });
    panel.start = Date.now();
  });
  afterEach(async () => {
    await panel.page.close();
    await panel.web.close();
    await panel.api.close();
    expect(faults).toEqual([]);
  });
  return panel;
};
