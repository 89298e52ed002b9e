// The live panel: reads the API every second and draws what it says. State goes one way: answer, state, page.
import { accountList } from './account-list.js';
import { accountView } from './account-view.js';
import { chosenAccount, keepConnection, takeConnection } from './connection.js';
import { connectForm, connectionMark, problemBanner, signInCard } from './connection-view.js';
import { draw, h } from './dom.js';
import { ApiProblem, poll, readApi } from './read-api.js';
import { setServerTime } from './server-clock.js';
import { readConfig, signIn, signOut, tokenFromCode } from './sign-in.js';
import { accountName } from './words.js';

const place = (id) => document.getElementById(id);

const state = {
  connection: null,
  /** Where people sign in, if they do here. */
  signIn: null,
  /** Who looks, as the API has it. */
  me: null,
  accounts: null,
  /** What the API says of the chosen account; null while it has not said, or when there is none. */
  view: null,
  isMissing: false,
  problem: null,
  readAt: null,
  mailsAsHtml: new Set(),
};
let polling;

/** The reader's choice, else the newest. */
function chosenId() {
  return chosenAccount() ?? state.accounts?.[0]?.accountId ?? null;
}

async function read(signal) {
  // An API of before people signed in does not say.
  state.me ??= await readApi(state.connection, '/api/me', signal).catch(nullIfMissing);
  const sentAt = Date.now();
  const { accounts, serverTime } = await readApi(state.connection, '/api/accounts', signal);
  setServerTime(serverTime, sentAt);
  state.accounts = accounts;
  const id = chosenId();
  const view =
    id && (await readApi(state.connection, `/api/accounts/${encodeURIComponent(id)}`, signal).catch(nullIfMissing));
  if (signal.aborted) return;
  announce(state.view?.account, view?.account);
  Object.assign(state, { view, isMissing: Boolean(id) && !view, problem: null, readAt: Date.now() });
  paint();
}

function nullIfMissing(error) {
  if (error instanceof ApiProblem && error.kind === 'missing') return null;
  throw error;
}

/** For those who listen: only what matters, not every second. */
function announce(before, after) {
  if (before && after && before.accountId === after.accountId && before.status !== after.status) {
    place('announcer').textContent = `${accountName(after)} is ${after.status}. ${after.reason}`;
  }
}

function paint() {
  const { connection, problem, accounts, view, readAt, mailsAsHtml, me } = state;
  draw(place('connection'), connectionMark(connection, problem, me));
  if (!connection || problem?.kind === 'refused') {
    document.title = 'Muster';
    draw(
      place('panel'),
      h(
        'main',
        { class: 'alone', key: 'alone' },
        state.signIn ? signInCard(problem) : connectForm(connection, problem),
      ),
    );
    return;
  }
  const id = chosenId();
  const isShown = view && view.account.accountId === id;
  document.title = isShown ? `${accountName(view.account)}: ${view.account.status} · Muster` : 'Muster';
  draw(
    place('panel'),
    problemBanner(connection, problem, readAt),
    h(
      'div',
      { class: 'columns', key: 'columns' },
      accountList(accounts ?? [], id, chosenAccount() !== null, me !== null && me.sees !== 'all'),
      h(
        'main',
        null,
        isShown ? accountView(view, mailsAsHtml) : h('p', { class: 'card quiet', key: 'waiting' }, waitingText()),
      ),
    ),
  );
}

function waitingText() {
  if (state.accounts === null) return state.problem ? 'Nothing could be read yet.' : 'Reading…';
  if (state.isMissing) return 'There is no such account any more. Choose another.';
  return state.accounts.length === 0 ? 'What happens on the site shows here within a second or two.' : 'Reading…';
}

function connect() {
  polling?.stop();
  Object.assign(state, { me: null, accounts: null, view: null, isMissing: false, problem: null, readAt: null });
  paint();
  if (!state.connection) return;
  polling = poll(read, {
    onProblem(problem) {
      state.problem = problem;
      // A refused token stays refused: wait for another one.
      if (problem.kind === 'refused') polling.stop();
      paint();
    },
  });
}

place('panel').addEventListener('submit', (event) => {
  event.preventDefault();
  const fields = new FormData(event.target);
  state.connection = keepConnection(fields.get('api'), fields.get('token')) ?? state.connection;
  connect();
});

place('panel').addEventListener('click', (event) => {
  if (event.target.closest('[data-sign-in]')) return void signIn(state.signIn);
  const { mail, html } = event.target.closest('[data-mail]')?.dataset ?? {};
  if (!mail) return;
  if (html) state.mailsAsHtml.add(mail);
  else state.mailsAsHtml.delete(mail);
  paint();
});

addEventListener('hashchange', () => {
  const given = takeConnection();
  const isNew = given?.api !== state.connection?.api || given?.token !== state.connection?.token;
  state.connection = given;
  if (isNew) return connect();
  state.isMissing = false;
  paint();
  polling?.now();
});

place('connection').addEventListener('click', (event) => {
  if (event.target.closest('[data-sign-out]')) signOut(state.signIn);
});

// Countdowns run between answers, and on when there are none.
setInterval(() => state.connection && state.problem?.kind !== 'refused' && paint(), 500);
/** A code that came back from the sign-in page goes before what the tab had. */
async function begin() {
  state.signIn = await readConfig();
  const token = state.signIn && (await tokenFromCode(state.signIn));
  state.connection = token ? keepConnection(new URL('..', location.href).href, token) : takeConnection();
  connect();
}
await begin();
