// How the panel stands with the API: a word in the top bar, a plain sentence when it cannot read, a form when it may not.
import { h } from './dom.js';
import { momentText } from './words.js';

export function connectionMark(connection, problem) {
  if (!connection) return h('p', { class: 'link' }, 'Not connected');
  return h('p', { class: `link ${problem ? 'down' : 'up'}` }, problem ? 'Not connected' : 'Live');
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
