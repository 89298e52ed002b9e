// The time to first follow-up as a running clock: how long is left, what was sent, how it ended. In words, not only colour.
import { h } from './dom.js';
import { serverNow } from './server-clock.js';
import { duration, moment } from './words.js';

export function slaClock(sla) {
  const { state, title, time, note } = standing(sla, serverNow());
  const { startedAt, remindAt, dueAt, remindedAt, breachedAt, stoppedAt } = sla;
  const share = (at) =>
    `${Math.min(100, Math.max(0, ((at - Date.parse(startedAt)) / (Date.parse(dueAt) - Date.parse(startedAt))) * 100))}%`;
  return h(
    'div',
    { class: `sla ${state}`, key: 'sla' },
    h('p', { class: 'label' }, 'First follow-up'),
    h('p', { class: 'value' }, h('span', { class: 'sign', 'aria-hidden': 'true' }), title),
    h('p', { class: 'time', role: 'timer' }, h('strong', null, time), ` ${note}`),
    h(
      'div',
      { class: 'gauge', 'aria-hidden': 'true' },
      h('span', { class: 'gone', style: { width: share(stoppedAt ? Date.parse(stoppedAt) : serverNow()) } }),
      h('span', { class: 'mark', style: { left: share(Date.parse(remindAt)) } }),
    ),
    h(
      'ul',
      { class: 'steps' },
      h('li', null, 'Due ', moment(dueAt)),
      remindedAt
        ? h('li', null, 'Reminded ', moment(remindedAt))
        : !stoppedAt && h('li', null, 'Reminder ', moment(remindAt)),
      breachedAt && h('li', null, 'Breached ', moment(breachedAt)),
      stoppedAt && h('li', null, 'Stopped ', moment(stoppedAt)),
    ),
  );
}

/** What to say at this moment. A clock past due that nobody has called breached yet is overdue, and says no more. */
function standing({ startedAt, dueAt, remindedAt, breachedAt, stoppedAt, met }, now) {
  const [start, due] = [Date.parse(startedAt), Date.parse(dueAt)];
  if (stoppedAt) {
    const stopped = Date.parse(stoppedAt);
    const inTime = met ?? stopped <= due;
    return {
      state: inTime ? 'met' : 'late',
      title: inTime ? 'Followed up in time' : 'Followed up late',
      time: duration(stopped - start),
      note: inTime ? 'after the lead came in' : `after the lead came in, ${duration(stopped - due)} too late`,
    };
  }
  if (breachedAt) {
    return { state: 'breached', title: 'Breached: the manager knows', time: duration(now - due), note: 'overdue' };
  }
  if (now >= due)
    return { state: 'breached', title: 'Due: nobody has followed up', time: duration(now - due), note: 'overdue' };
  // Rounded up, so that it reads 0:00 only when it is.
  const left = duration(Math.ceil((due - now) / 1000) * 1000);
  if (remindedAt) return { state: 'reminded', title: 'Running: reminder sent', time: left, note: 'left' };
  return { state: 'running', title: 'Running', time: left, note: 'left' };
}
