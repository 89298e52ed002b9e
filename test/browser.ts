// A real Chromium for the tests that need one: found, fetched, or an error that says what to do. Never a skip.
import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const run = promisify(execFile);

const args = [
  // By the flag, since a context's own user agent does not reach what a closing page still sends; and capture sets
  // HeadlessChrome aside as a crawler.
  '--user-agent=Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macPath = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** Each way to a browser, the cheapest first; one that answers undefined has none. */
const ways: Record<string, () => Promise<string | undefined> | string | undefined> = {
  'CHROMIUM_PATH in the environment': () => process.env.CHROMIUM_PATH,
  'a browser on PATH': () => onPath() ?? (existsSync(macPath) ? macPath : undefined),
  "Playwright's own, installed before": () => {
    const path = chromium.executablePath();
    return existsSync(path) ? path : undefined;
  },
  'npx playwright-core install chromium': async () => {
    const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js');
    await run(process.execPath, [cli, 'install', 'chromium'], { timeout: 240_000 });
    return chromium.executablePath();
  },
  'apt-get install chromium, as root on Debian': async () => {
    if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return undefined;
    // Test files run side by side, and apt's own wait does not cover its lists: one at a time, and the second finds it there.
    const install = 'apt-get update && apt-get install -y --no-install-recommends chromium';
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('flock', ['/tmp/muster-browser.lock', 'sh', '-c', install], {
      env,
      timeout: 720_000,
      maxBuffer: 2 ** 26,
    });
    return onPath();
  },
};

/** How long a `beforeAll` that calls `launchBrowser` may take when it has to fetch one. */
export const browserTimeout = 900_000;

export const launchBrowser = async (): Promise<Browser> => {
  const tried: string[] = [];
  for (const [way, find] of Object.entries(ways)) {
    try {
      const executablePath = await find();
      if (executablePath !== undefined) return await chromium.launch({ executablePath, args });
      tried.push(`${way}: none`);
    } catch (error) {
      tried.push(`${way}: ${String(error).slice(0, 600)}`);
    }
  }
  throw new Error(
    `No Chromium for the browser tests. Install one, or name it in CHROMIUM_PATH. Tried:\n- ${tried.join('\n- ')}`,
  );
};

const onPath = (): string | undefined =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
