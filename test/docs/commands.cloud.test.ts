// The commands of the documentation that need Java or Python.
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { outputOf, serve } from './shell.ts';

describe('the second command', () => {
  it('deploys the stack to a local cloud and serves the demo site, and ends on Ctrl-C', {
    timeout: 180_000,
  }, async () => {
    const cloud = await serve('npm run cloud', 120);
    console.log(`npm run cloud told the demo site's address after ${cloud.seconds.toFixed(1)} s`);
    expect((await fetch(cloud.demoSite)).status).toBe(200);

    // The panel's own way to the accounts: by the API of the deployed stack, with the token of its address.
    const { searchParams } = new URL(`http://x/?${new URL(cloud.livePanel).hash.slice(1)}`);
    const response = await fetch(`${searchParams.get('api')}/api/accounts`, {
      headers: { authorization: `Bearer ${searchParams.get('token')}` },
    });
    expect(response.status).toBe(200);
    expect(await cloud.stop()).toBeLessThanOrEqual(130);
    await expect(fetch(cloud.demoSite)).rejects.toThrow();
  });
});

describe('the bench', () => {
  it('counts what a million hits and forms cost', { timeout: 500_000 }, async () => {
    const last = (await outputOf('npm run -s bench -- cost')).trim().split('\n').at(-1) ?? '';
    const figures = z
      .object({ bench: z.literal('cost'), hitsUsdPerMillion: z.number(), formsUsdPerMillion: z.number() })
      .parse(JSON.parse(last));
    console.log(`a million hits ${figures.hitsUsdPerMillion} $, a million forms ${figures.formsUsdPerMillion} $`);
    expect(figures.hitsUsdPerMillion).toBeGreaterThan(0);
    expect(figures.formsUsdPerMillion).toBeGreaterThan(0);
  });
});
