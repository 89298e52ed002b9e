// Signing in to the panel in a real browser, at a page that checks what a user pool checks.
import { createHash } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { usePanel } from './use-panel.ts';

const panel = usePanel();
const idToken = 'head.claims.signature';
let asked: URLSearchParams;
let changed: URLSearchParams[];
/** What the page answers with: the state it was given, unless a test says otherwise. */
let state: string | undefined;

beforeEach(async () => {
  changed = [];
  state = undefined;
  const { page, api } = panel;
  await page.route('**/panel/config.json', (route) =>
    route.fulfill({ json: { signIn: { url: api.url, clientId: 'panel' } } }),
  );
  await page.route(`${api.url}/oauth2/authorize?**`, (route) => {
    asked = new URL(route.request().url()).searchParams;
    const back = new URLSearchParams({ code: 'c1', state: state ?? asked.get('state')! });
    return route.fulfill({ status: 302, headers: { location: `${asked.get('redirect_uri')}?${back}` } });
  });
  await page.route(`${api.url}/oauth2/token`, (route) => {
    changed.push(new URLSearchParams(route.request().postData() ?? ''));
    return route.fulfill({ json: { id_token: idToken }, headers: { 'access-control-allow-origin': '*' } });
  });
  await page.route('**/api/me', (route) =>
    route.fulfill({
      json: { who: 'ada@seller.example', via: 'user', groups: ['rep'], may: ['read', 'act'], sees: 'own' },
      headers: { 'access-control-allow-origin': '*' },
    }),
  );
  await page.route('**/api/accounts', (route) =>
    route.fulfill({
      json: { accounts: [], serverTime: new Date().toISOString() },
      headers: { 'access-control-allow-origin': '*' },
    }),
  );
  await page.route(`${api.url}/logout?**`, (route) => route.fulfill({ body: 'Signed out.' }));
});

const open = () => panel.page.goto(`${panel.web.url}/panel/index.html`);
const press = () => panel.page.getByRole('button', { name: 'Sign in' }).click();
const kept = () => panel.page.evaluate(() => sessionStorage.getItem('token'));

test('a rep signs in by a code and its proof, sees who they are and that these are their accounts, and signs out', async () => {
  await open();
  await press();
  await panel.sees('ada@seller.example · rep', 'header');
  await panel.sees('Your accounts', 'nav');
  await panel.sees('None is yours yet.');
  const [change] = changed;
  expect(change!.get('code')).toBe('c1');
  expect(createHash('sha256').update(change!.get('code_verifier')!).digest('base64url')).toBe(
    asked.get('code_challenge'),
  );
  expect(asked.get('code_challenge_method')).toBe('S256');
  // Neither code nor token stands in the address.
  expect(panel.page.url()).toBe(`${panel.web.url}/panel/index.html`);
  expect(await kept()).toBe(idToken);

  await panel.page.getByRole('button', { name: 'Sign out' }).click();
  await panel.sees('Signed out.');
  await open();
  expect(await kept()).toBeNull();
  await panel.sees('Sign in to see your accounts.');
});

test('a code that another page asked for is left alone', async () => {
  state = 'somebody-elses';
  await open();
  await press();
  await panel.page.waitForURL((url) => url.search === '' && url.pathname.endsWith('index.html'));
  await panel.sees('Sign in to see your accounts.');
  expect(changed).toEqual([]);
  expect(await kept()).toBeNull();
});
