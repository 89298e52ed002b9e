// Where the API is and what opens it. Both come in the address's fragment, which no server sees, and move at once to
// the tab's own storage, so that they stand in no history, bookmark or screenshot.

/** The connection to use, or null when this tab has none yet. The chosen account may stay in the address. */
export function takeConnection() {
  const given = new URLSearchParams(location.hash.slice(1));
  if (given.has('api') || given.has('token')) {
    const account = given.get('account');
    history.replaceState(null, '', account ? `#account=${encodeURIComponent(account)}` : location.pathname);
    // Never an address from one link with the token of another.
    return keepConnection(given.get('api') ?? '', given.get('token') ?? '');
  }
  const [api, token] = [sessionStorage.getItem('api'), sessionStorage.getItem('token')];
  return api && token ? { api, token, isSignedIn: isIdToken(token) } : null;
}

/** Keeps it for this tab; null when it cannot be one. */
export function keepConnection(api, token) {
  if (!URL.canParse(api) || !/^https?:$/.test(new URL(api).protocol) || !token) return null;
  const connection = { api: api.replace(/\/+$/, ''), token, isSignedIn: isIdToken(token) };
  sessionStorage.setItem('api', connection.api);
  sessionStorage.setItem('token', connection.token);
  return connection;
}

/** What a sign-in page gives, and no service has. */
function isIdToken(token) {
  return token.split('.').length === 3;
}

/** The account the address names; null follows the newest. */
export function chosenAccount() {
  return new URLSearchParams(location.hash.slice(1)).get('account');
}
