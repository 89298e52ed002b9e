// How the panel stands with the API: a word in the top bar, a plain sentence when it cannot read, a form when it may not.
import { h } from './dom.js';
import { momentText } from './words.js';

/** `me`: who looks, as the API has it; a person who signed in may sign out. */
export function connectionMark(connection, problem, me) {
  if (!connection) return h('p', { class: 'link' }, 'Not connected');
  const mark = h('p', { class: `link ${problem ? 'down' : 'up'}` }, problem ? 'Not connected' : 'Live');
  if (me?.via !== 'user') return mark;
  return h(
    'div',
    { class: 'who' },
    h('p', { class: 'quiet' }, `${me.who} · ${me.groups.join(', ')}`),
    mark,
    connection.isSignedIn && h('button', { type: 'button', class: 'plain', 'data-sign-out': 'true' }, 'Sign out'),
  );
}

export function signInCard(problem) {
  return h(
    'div',
    { class: 'card connect', key: 'sign-in' },
    h('h1', null, 'Muster'),
    problem
      ? h('p', { class: 'banner', role: 'alert' }, problem.status === 403 ? problem.detail : 'Your session is over.')
      : h('p', { class: 'quiet' }, 'Sign in to see your accounts.'),
    h('button', { type: 'button', 'data-sign-in': 'true' }, 'Sign in'),
  );
}

/** `readAt`: browser's time of the last good answer, if any. */
export function problemBanner(connection, problem, readAt) {
  if (!problem) return null;
  const seconds = Math.max(0, Math.ceil((problem.nextAt - Date.now()) / 1000));
  return h(
    'div',
    { class: 'banner', role: 'alert', key: 'problem' },
    h(
      'strong',
      null,
      problem.kind === 'unreachable' ? 'The API cannot be reached. ' : 'The API does not answer as it should. ',
    ),
    `${connection.api}: ${problem.detail} `,
    readAt ? `What you see is from ${momentText(new Date(readAt).toISOString())}. ` : '',
    // The countdown is for eyes only: a screen reader would repeat the banner every second.
    h('span', { 'aria-hidden': 'true' }, seconds > 0 ? `Trying again in ${seconds} s.` : 'Trying again.'),
  );
}

export function connectForm(connection, problem) {
  const field = (name, label, props) =>
    h('label', null, label, h('input', { name, required: true, autocomplete: 'off', spellcheck: 'false', ...props }));
  return h(
    'form',
    { class: 'card connect', id: 'connect', key: 'connect' },
    h('h1', null, 'Connect to the API'),
    problem
      ? h('p', { class: 'banner', role: 'alert' }, `${problem.detail} Take a new one from where Muster was started.`)
      : h(
          'p',
          { class: 'quiet' },
          'Open the panel by the address that Muster prints when it starts, or enter both by hand.',
        ),
    field('api', 'Address of the API', {
      type: 'url',
      value: connection?.api ?? '',
      placeholder: 'http://127.0.0.1:8787',
    }),
    field('token', 'Read token', { type: 'password' }),
    h('button', { type: 'submit' }, 'Connect'),
  );
}
