// Whose a lead is and by which rule; that it waits for somebody; who else came into question; who had it before.
import { h } from './dom.js';
import { minute, moment, plural, withTimes } from './words.js';

const roles = {
  sdr: ['SDR', 'Sales development: speaks to them first, then hands the lead over'],
  ae: ['AE', 'Account executive: it was handed over to them'],
};

function roleMark(role) {
  if (!role) return null;
  const [short, title] = roles[role];
  return h('abbr', { class: 'role', title }, short);
}

/** A reason mostly begins with its rule. */
function ruleLine({ rule, reason }) {
  return rule && !reason.startsWith(`Rule ${rule}:`) ? h('p', { class: 'quiet' }, `By rule ${rule}.`) : null;
}

export function ownerCard(assignment) {
  const { name, email, reason, assignedAt, cameFrom, role } = assignment;
  return h(
    'div',
    { class: 'owner', key: 'owner' },
    h('p', { class: 'label' }, 'Owner'),
    h('p', { class: 'value' }, name, roleMark(role)),
    h('p', { class: 'quiet contact' }, email),
    h('p', { class: 'why' }, withTimes(reason)),
    ruleLine(assignment),
    cameFrom && h('p', { class: 'quiet' }, 'Came along with the lead from the account it was in before.'),
    h('p', { class: 'quiet' }, 'Since ', moment(assignedAt)),
  );
}

export function waitingCard(waiting) {
  const { since, until, pool, reason, role } = waiting;
  return h(
    'div',
    { class: 'owner waiting', key: 'waiting', role: 'status' },
    h('p', { class: 'label' }, 'Owner'),
    h('p', { class: 'value' }, 'Nobody yet: waits for somebody', roleMark(role)),
    h('p', { class: 'why' }, withTimes(capital(reason))),
    ruleLine(waiting),
    h('p', { class: 'quiet' }, `Pool ${pool.replace(/^team:/, '')}, since `, moment(since)),
    h(
      'p',
      { class: 'until' },
      until ? ['Goes to somebody ', minute(until), ' at the earliest'] : 'Nobody can say until when',
    ),
  );
}

/** Nothing where only one thing was tried, and nobody passed over. */
export function consideredNote({ explanation }) {
  const passed = explanation.reduce((sum, step) => sum + step.passedOver.length, 0);
  if (explanation.length < 2 && passed === 0) return null;
  const count = [plural(explanation.length, 'way'), passed > 0 && `${passed} passed over`].filter(Boolean).join(', ');
  return h(
    'details',
    { class: 'considered', key: 'considered' },
    h('summary', null, 'Who else came into question ', h('span', { class: 'quiet' }, count)),
    h('ol', null, explanation.map(step)),
  );
}

function step({ tried, held, why, passedOver }, index) {
  return h(
    'li',
    { key: `${index} ${tried}`, class: held ? 'held-true' : 'held-not' },
    h('span', { class: 'mark', 'aria-hidden': 'true' }, held ? '✓' : '–'),
    h(
      'div',
      null,
      h('b', null, capital(tried), h('span', { class: 'unseen' }, held ? ' decided: ' : ' did not: ')),
      h('p', null, withTimes(why)),
      passedOver.length > 0 &&
        h(
          'ul',
          { 'aria-label': 'Passed over' },
          passedOver.map((one) => h('li', { key: one.email }, h('b', null, one.name), ' ', withTimes(one.why))),
        ),
    ),
  );
}

export function earlierOwners({ history }) {
  if (history.length === 0) return null;
  return h(
    'details',
    { class: 'earlier', key: 'earlier' },
    h('summary', null, plural(history.length, 'owner'), ' before'),
    h('ol', null, [...history].reverse().map(earlier)),
  );
}

function earlier({ assignmentId, name, at, until, why, breachedAt, correctedAt }) {
  return h(
    'li',
    { key: assignmentId },
    h('p', null, h('b', null, name), ' ', h('span', { class: 'quiet' }, moment(at), ' – ', moment(until))),
    h('p', null, withTimes(why)),
    breachedAt &&
      h(
        'p',
        { class: correctedAt ? 'good' : 'bad' },
        'Breached ',
        moment(breachedAt),
        correctedAt && [', put right ', moment(correctedAt), ': it was in time after all'],
      ),
  );
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
