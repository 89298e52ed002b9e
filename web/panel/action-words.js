// What sellers and their managers did about a lead, as the timeline tells it.
import { minute } from './words.js';

const followedUp = {
  call: 'called them',
  email: 'wrote to them',
  meeting: 'met them',
  other: 'followed up',
};

const words = {
  'follow-up': ({ how }) => followedUp[how] ?? followedUp.other,
  good: () => 'called it a good lead',
  bad: ({ reason }) => `called it a bad lead: ${reason}`,
  'hand-over': () => 'handed it over',
  reassign: ({ to }) => (to ? `gave it to ${to.name}` : 'had somebody else found for it'),
  pause: ({ until }) => ['paused the clock', until && [' until ', minute(until)]],
  resume: () => 'had the clock go on',
};

const tones = { 'follow-up': 'good', good: 'good', bad: 'warm' };

/** Null of somebody who is known no more. */
export function actionEntry(action) {
  const { does, by } = action;
  const text = words[does]?.(action) ?? does;
  return { kind: tones[does] ?? 'step', text: [`${by?.name ?? 'Somebody'} `, text].flat() };
}
