// Segment's client for browsers, as a site would bundle it, in Chromium.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserTimeout, launchBrowser } from '../browser.ts';
import { type Edition, leadThat, mailAbout, writeKey } from './edition.ts';
import { chrome } from './post.ts';

/** The client set up as its documentation says for an API of one's own, and no call to Segment's servers for settings. */
const siteScript = (apiUrl: string): string => `
  import { AnalyticsBrowser } from '@segment/analytics-next';
  const segment = { apiKey: '${writeKey}', apiHost: '${apiUrl.replace(/^https?:\/\//, '')}/v1', protocol: 'http' };
  window.analytics = AnalyticsBrowser.load({
    writeKey: '${writeKey}',
    cdnSettings: { integrations: { 'Segment.io': segment } },
  });
`;

const serveSite = async (apiUrl: string): Promise<Server> => {
  const { outputFiles } = await build({
    stdin: { contents: siteScript(apiUrl), resolveDir: import.meta.dirname },
    ...{ bundle: true, write: false, format: 'iife', platform: 'browser', logLevel: 'silent' },
  });
  const script = outputFiles[0]!.text;
  const page = '<!doctype html><title>Pricing</title><script src="/site.js"></script>';
  const server = createServer(({ url }, response) => {
    const isScript = url === '/site.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : page);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
};

export const segmentInBrowser = (current: () => Edition): void => {
  describe('analytics-next in a browser', () => {
    let browser: Browser;
    let site: Server;
    beforeAll(async () => {
      browser = await launchBrowser();
      site = await serveSite(current().apiUrl);
    }, browserTimeout);
    afterAll(async () => {
      await browser?.close();
      site?.close();
    });

    it("ends in the rep's mail, the visits before the name included", { timeout: 120_000 }, async () => {
      const edition = current();
      const email = 'sigrid@segment-works.example';
      const context = await browser.newContext({ userAgent: chrome });
      const page = await context.newPage();
      const answered = new Set<number>();
      const unanswered: string[] = [];
      page.on('response', (response) => {
        if (response.url().startsWith(edition.apiUrl)) answered.add(response.status());
      });
      // Answers that the page may not read are counted here too.
      page.on('requestfailed', (request) => unanswered.push(`${request.url()} ${request.failure()?.errorText}`));
      const { port } = site.address() as AddressInfo;
      await page.goto(`http://127.0.0.1:${port}/pricing.html`);
      await page.evaluate('window.analytics.page()');
      await page.evaluate(`window.analytics.identify('customer-7', { email: '${email}', firstName: 'Sigrid' })`);
      await page.evaluate("window.analytics.track('Demo Requested')");

      const { lead } = await leadThat(edition, email, 'to have read the pricing page and an owner', (found) => {
        const rules = found.lead.parts.map(({ rule }) => rule);
        return rules.includes('demo-event') && rules.includes('pricing-page') && found.lead.assignment !== null;
      });
      const mail = await mailAbout(edition, email, 'New lead');
      expect(mail.to).toBe(lead.assignment!.email);
      expect(lead.status).toBe('Qualified');
      expect([...answered]).toEqual([200]);
      expect(unanswered.filter((request) => request.startsWith(edition.apiUrl))).toEqual([]);
      await context.close();
    });
  });
};
