// Signing in where the panel's stack has people of its own: by the code that comes back from its sign-in page, and the proof (PKCE) that
// this very tab asked for it. Nothing of it outlives the tab.

/** Where people sign in here, or null where a token is all there is. */
export async function readConfig() {
  const answer = await fetch('config.json', { cache: 'no-store' }).catch(() => null);
  if (!answer?.ok) return null;
  const { signIn } = await answer.json();
  return signIn ?? null;
}

const here = () => location.origin + location.pathname;

const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const chance = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

/** Leaves for the sign-in page. */
export async function signIn({ url, clientId }) {
  const [verifier, state] = [chance(), chance()];
  sessionStorage.setItem('sign-in', JSON.stringify({ verifier, state }));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  const asked = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: here(),
    scope: 'openid email',
    state,
    code_challenge: base64url(new Uint8Array(digest)),
    code_challenge_method: 'S256',
  });
  location.assign(`${url}/oauth2/authorize?${asked}`);
}

/** The token for a code that has come back; null where none has, or where another page had it asked for. */
export async function tokenFromCode({ url, clientId }) {
  const given = new URLSearchParams(location.search);
  const code = given.get('code');
  if (code === null) return null;
  const { verifier, state } = JSON.parse(sessionStorage.getItem('sign-in') ?? '{}');
  sessionStorage.removeItem('sign-in');
  history.replaceState(null, '', location.pathname);
  if (!state || given.get('state') !== state) return null;
  const answer = await fetch(`${url}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      redirect_uri: here(),
      code,
      code_verifier: verifier,
    }),
  }).catch(() => null);
  return answer?.ok ? ((await answer.json()).id_token ?? null) : null;
}

/** Forgets the token here, and the session where it was given. */
export function signOut({ url, clientId }) {
  sessionStorage.removeItem('token');
  location.assign(`${url}/logout?${new URLSearchParams({ client_id: clientId, logout_uri: here() })}`);
}
