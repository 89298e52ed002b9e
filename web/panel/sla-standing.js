// How a clock stands at a moment, in words: how much of the owner's working time is left, why it rests, how it ended.
import { duration, minute, namesOf } from './words.js';

/** `gone` is working time, in milliseconds: between two answers it goes on by itself, unless it rests. */
export function standingOf(sla, now) {
  const { workMs, used, goesOnAt, stoppedAt } = sla;
  const countsFrom = Date.parse(goesOnAt ?? used.at);
  const gone = used.ms + (stoppedAt ? 0 : Math.max(0, now - countsFrom));
  return { gone, ...(stoppedAt ? ended(sla, gone) : running(sla, { now, gone, left: workMs - gone })) };
}

function ended({ ending, met, breachedAt, correctedAt, workMs }, gone) {
  const time = duration(gone);
  if (ending === 'over') {
    const state = breachedAt ? 'late' : 'ended';
    return { state, title: 'Stopped: no longer asked for', time, note: ['of working time, without a follow-up'] };
  }
  if (ending === 'replaced' || ending === 'moved') {
    return { state: 'ended', title: 'Stopped: the lead went on', time, note: ['of working time'] };
  }
  if (met === null) {
    return {
      state: 'ended',
      title: 'Followed up',
      time,
      note: ['of working time; it was over before they had the lead'],
    };
  }
  if (!met) {
    const note = [`of working time, ${duration(gone - workMs)} too late`];
    return { state: 'late', title: 'Followed up late', time, note };
  }
  const title = correctedAt ? 'Followed up in time after all' : 'Followed up in time';
  return { state: 'met', title, time, note: ['of working time'] };
}

function running(sla, { now, gone, left }) {
  const { dueAt, breachedAt, goesOnAt, overBefore, remindedAt, workMs } = sla;
  if (breachedAt || overBefore || now >= Date.parse(dueAt)) {
    const note = [goesOnAt ? 'of working time overdue; goes on ' : 'overdue', goesOnAt && minute(goesOnAt)];
    return { state: 'breached', title: overdueTitle(sla), time: duration(gone - workMs), note };
  }
  // Rounded up, so that it reads 0:00 only when it is.
  const time = duration(Math.ceil(left / 1000) * 1000);
  const rest = restAt(sla, now);
  if (rest) {
    // Somebody may have it go on before that.
    const note = ['left; goes on ', minute(goesOnAt ?? rest.to), ' at the latest'];
    return { state: 'resting', title: 'Paused', time, note };
  }
  if (goesOnAt) {
    return {
      state: 'resting',
      title: 'Rests: outside working hours',
      time,
      note: ['left; goes on ', minute(goesOnAt)],
    };
  }
  if (remindedAt) return { state: 'reminded', title: 'Running: reminder sent', time, note: ['left'] };
  return { state: 'running', title: 'Running', time, note: ['left'] };
}

/** A clock past due that nobody has called breached yet is due, and says no more. */
function overdueTitle({ breachedAt, overBefore, steps }) {
  if (!breachedAt) return overBefore ? 'Overdue since an owner before' : 'Due: nobody has followed up';
  const knowing = steps.filter((step) => step.do === 'escalate' && step.takenAt).flatMap(({ to }) => to);
  if (knowing.length === 0) return 'Breached';
  const names = [...new Set(knowing.map(({ name }) => name))];
  return `Breached: ${namesOf(names)} ${names.length === 1 ? 'knows' : 'know'}`;
}

export function restAt({ rests }, now) {
  return rests.find(({ from, to }) => Date.parse(from) <= now && now < Date.parse(to));
}
