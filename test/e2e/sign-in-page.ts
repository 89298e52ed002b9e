// Signs in as a browser does at the page of a user pool: asks for a code with a proof of its own, and changes it for a token.
import { createHash, randomBytes } from 'node:crypto';

export interface SignInPage {
  url: string;
  clientId: string;
  /** Where the code is sent to. */
  panel: string;
}

const hidden = /<input type="hidden" name="([^"]*)" value="([^"]*)"/g;
const plain = (text: string): string =>
  text.replaceAll('&amp;', '&').replaceAll('&#x27;', "'").replaceAll('&quot;', '"');

/** The ID token. Throws with what the page said where it gives none. */
export const signInAs = async (page: SignInPage, username: string, password: string): Promise<string> => {
  const verifier = randomBytes(32).toString('base64url');
  const asked = new URLSearchParams({
    ...{ response_type: 'code', client_id: page.clientId, redirect_uri: page.panel, scope: 'openid email', state: 's' },
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const form = await (await fetch(`${page.url}/oauth2/authorize?${asked}`)).text();
  const fields = [...form.matchAll(hidden)].map(([, name, value]) => [plain(name!), plain(value!)] as [string, string]);
  const body = new URLSearchParams([...fields, ['username', username], ['password', password]]);
  const answer = await fetch(`${page.url}/login`, { method: 'POST', body, redirect: 'manual' });
  const back = answer.headers.get('location') ?? '';
  const code = URL.canParse(back) ? new URL(back).searchParams.get('code') : null;
  if (code === null) throw new Error(`no code: ${answer.status} ${await answer.text()}`);
  const change = { grant_type: 'authorization_code', client_id: page.clientId, redirect_uri: page.panel };
  const tokens = await fetch(`${page.url}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({ ...change, code, code_verifier: verifier }),
  });
  const { id_token: token } = (await tokens.json()) as { id_token?: string };
  if (token === undefined) throw new Error(`no token: ${tokens.status}`);
  return token;
};
