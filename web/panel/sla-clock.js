// The time to first follow-up as a running clock: how long is left, what was done and is to come, how it ended. In words, not only
// colour.
import { h } from './dom.js';
import { serverNow } from './server-clock.js';
import { restAt, standingOf } from './sla-standing.js';
import { duration, moment, namesOf } from './words.js';

export function slaClock(sla) {
  const { workMs, steps, carriedMs, correctedAt, breachedAt } = sla;
  const { state, title, time, note, gone } = standingOf(sla, serverNow());
  const share = (part) => `${Math.min(100, Math.max(0, part * 100))}%`;
  const marks = sla.stoppedAt ? [] : [...new Set(steps.map((step) => step.share))].filter((part) => part < 1);
  return h(
    'div',
    { class: `sla ${state}`, key: 'sla' },
    h('p', { class: 'label' }, 'First follow-up'),
    h('p', { class: 'value' }, h('span', { class: 'sign', 'aria-hidden': 'true' }), title),
    h('p', { class: 'time', role: 'timer' }, h('strong', null, time), ' ', note),
    h(
      'div',
      { class: 'gauge', 'aria-hidden': 'true' },
      h('span', { class: 'gone', style: { width: share(gone / workMs) } }),
      marks.map((part) => h('span', { class: 'mark', style: { left: share(part) } })),
    ),
    h('p', { class: 'worked', key: 'worked' }, worked(workMs, carriedMs)),
    correctedAt &&
      h(
        'p',
        { class: 'corrected', key: 'corrected' },
        'It was in time. We said otherwise',
        breachedAt && [' at ', moment(breachedAt)],
        ', before we heard of it at ',
        moment(correctedAt),
        '.',
      ),
    h('ol', { class: 'steps', key: 'steps', 'aria-label': 'Steps of the clock' }, rowsOf(sla).map(row)),
  );
}

function worked(workMs, carriedMs) {
  const before = carriedMs > 0 ? `, ${duration(carriedMs)} of it used by owners before` : '';
  return `Of ${duration(workMs)} working time${before}`;
}

function row({ what, at, until, tone = '', isDone }) {
  return h(
    'li',
    { class: `${isDone ? 'done' : 'to-come'} ${tone}`, key: `${what} ${at}` },
    h('span', null, what),
    at && h('span', { class: 'at' }, moment(at), until && ['–', moment(until)]),
  );
}

/** In order of time. What does not come any more, since the clock stopped, is left out. */
function rowsOf(sla) {
  const { toldAt, dueAt, breachedAt, stoppedAt, ending, correctedAt, rests, steps } = sla;
  const now = serverNow();
  const past = (what, at, tone) => (at ? [{ what, at, tone, isDone: true }] : []);
  const rest = restAt(sla, now);
  const rows = [
    ...past('Owner told', toldAt),
    ...rests
      .filter(({ from }) => Date.parse(from) <= now)
      .map((one) => ({ what: 'Paused', at: one.from, until: one !== rest && one.to, isDone: true })),
    { what: 'Due', at: dueAt, isDone: Boolean(stoppedAt) || now >= Date.parse(dueAt) },
    ...past('Breached', breachedAt, 'bad'),
    ...steps.filter(({ takenAt }) => takenAt || !stoppedAt).flatMap(stepRow),
    ...past(ending === 'answered' || ending === null ? 'Followed up' : 'Stopped', stoppedAt, 'good'),
    ...past('Put right', correctedAt, 'good'),
  ].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
  return toldAt || stoppedAt ? rows : [{ what: 'The owner has not been told yet', isDone: false }, ...rows];
}

const toCome = { remind: 'Reminder to', escalate: 'Escalation to' };
const taken = { remind: 'Reminded', escalate: 'Escalated to' };

/** A reminder that would have come too late was sent to nobody. */
function stepRow({ do: does, at, takenAt, to, passedOver }) {
  if (passedOver) return [];
  if (does === 'reassign') {
    return {
      what: takenAt ? 'Somebody else looked for' : 'Goes to somebody else',
      at: takenAt ?? at,
      isDone: !!takenAt,
    };
  }
  const who = to.length === 0 ? 'nobody' : namesOf(to.map(({ name }) => name));
  const tone = takenAt ? (does === 'remind' ? 'warm' : 'bad') : '';
  return { what: `${(takenAt ? taken : toCome)[does]} ${who}`, at: takenAt ?? at, tone, isDone: Boolean(takenAt) };
}
