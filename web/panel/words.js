// Times, durations and points as people read them.
import { h } from './dom.js';
import { serverNow } from './server-clock.js';

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' });

/** 14:03:09 today, else with its day. */
export function momentText(iso) {
  const at = new Date(iso);
  const isToday = at.toDateString() === new Date(serverNow()).toDateString();
  return isToday ? clock.format(at) : `${day.format(at)}, ${clock.format(at)}`;
}

export function moment(iso) {
  return h('time', { datetime: iso, title: full.format(new Date(iso)) }, momentText(iso));
}

const shortClock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** 14:03 today, else with its day: of what was planned, no second matters. */
export function minute(iso) {
  const at = new Date(iso);
  const isToday = at.toDateString() === new Date(serverNow()).toDateString();
  const text = isToday ? shortClock.format(at) : `${day.format(at)}, ${shortClock.format(at)}`;
  return h('time', { datetime: iso, title: full.format(at) }, text);
}

const utcMinute = /(\d{4}-\d\d-\d\d) (\d\d:\d\d) UTC/;

/** Reasons name their moments in UTC; the reader has a clock of their own. */
export function withTimes(text) {
  return text.split(/(\d{4}-\d\d-\d\d \d\d:\d\d UTC)/).map((part) => {
    const [, day, time] = utcMinute.exec(part) ?? [];
    return day === undefined || Number.isNaN(Date.parse(`${day}T${time}Z`)) ? part : minute(`${day}T${time}:00.000Z`);
  });
}

const list = new Intl.ListFormat('en-GB');

/** Ada Rep, Ben Rep and Cy Cole. */
export function namesOf(names) {
  return list.format(names);
}

const utcDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** Of a day without an hour, such as 2026-11-22: the same day wherever the reader is. */
export function dayText(isoDay) {
  return utcDay.format(new Date(isoDay));
}

/** 4 s ago, 3 min ago, 2 h ago, 5 days ago. */
export function ago(iso) {
  const seconds = Math.max(0, Math.round((serverNow() - Date.parse(iso)) / 1000));
  const text =
    seconds < 3
      ? 'now'
      : seconds < 60
        ? `${seconds} s ago`
        : seconds < 3_600
          ? `${Math.floor(seconds / 60)} min ago`
          : seconds < 86_400
            ? `${Math.floor(seconds / 3_600)} h ago`
            : `${Math.floor(seconds / 86_400)} days ago`;
  return h('time', { datetime: iso, title: full.format(new Date(iso)) }, text);
}

/** 0:42, 3:05:09, 2 d 4 h. */
export function duration(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (number) => String(number).padStart(2, '0');
  if (hours >= 48) return `${Math.floor(hours / 24)} d ${hours % 24} h`;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** With a true minus sign, which lines up with the digits. */
export function number(points) {
  return String(points).replace('-', '−');
}

export function signed(points) {
  return points > 0 ? `+${points}` : number(points);
}

/** `person A · company B`, as far as rules ask for either. */
export function letters({ personFit, companyFit }) {
  return [personFit && `person ${personFit}`, companyFit && `company ${companyFit}`].filter(Boolean).join(' · ');
}

/** 1 visitor, 2 visitors. */
export function plural(count, one, several = `${one}s`) {
  return `${count} ${count === 1 ? one : several}`;
}

export function personName({ profile, email }) {
  const name = [profile.firstName, profile.lastName].filter(Boolean).join(' ');
  return name || profile.name || email || 'Anonymous visitor';
}

export function accountName({ name, domain }) {
  return name ?? domain ?? 'Unknown company';
}
