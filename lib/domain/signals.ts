// Which signals of the playbook a touch feeds. One touch may feed several.
import type { TouchCaptured } from '../../events/touch-captured.v1.ts';
import type { Playbook, SignalMatch } from './playbook/playbook.ts';

type Test = (touch: TouchCaptured) => boolean;

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
/** `*` stands for any run of characters; the whole text must match, whatever the case. */
const pattern = (glob: string): RegExp => new RegExp(`^${glob.split('*').map(escaped).join('.*')}$`, 'is');

/** A tracked page view is kind `page`; a form is a touch on a page too, but counts as the form it is. */
const testsOf = (match: SignalMatch): Test[] => {
  const tests: Test[] = [];
  const { kind, form, answer, url, event, campaign, topic, minimumDwellSeconds } = match;
  if (kind !== undefined) tests.push((touch) => touch.kind === kind);
  if (form !== undefined) tests.push((touch) => touch.form?.id === form);
  if (answer !== undefined) tests.push((touch) => touch.form?.answers[answer.field] === answer.is);
  if (url !== undefined) {
    const matches = pattern(url);
    tests.push((touch) => touch.kind === 'page' && touch.page?.url !== undefined && matches.test(touch.page.url));
  }
  if (event !== undefined) {
    const matches = pattern(event);
    tests.push((touch) => touch.event !== undefined && matches.test(touch.event));
  }
  if (campaign !== undefined) {
    const matches = pattern(campaign);
    tests.push((touch) => touch.campaign !== undefined && matches.test(touch.campaign));
  }
  if (topic !== undefined) {
    const matches = pattern(topic);
    tests.push((touch) => touch.page?.topic !== undefined && matches.test(touch.page.topic));
  }
  if (minimumDwellSeconds !== undefined) {
    tests.push((touch) => (touch.page?.dwellSeconds ?? -1) >= minimumDwellSeconds);
  }
  return tests;
};

/** Compiled once per playbook object; playbooks are replaced, never changed in place. */
const compiled = new WeakMap<Playbook, [signal: string, tests: Test[]][]>();

export const matchedSignals = (touch: TouchCaptured, playbook: Playbook): string[] => {
  let signals = compiled.get(playbook);
  if (signals === undefined) {
    signals = Object.entries(playbook.signals).map(([id, { match }]) => [id, testsOf(match)]);
    compiled.set(playbook, signals);
  }
  return signals.filter(([, tests]) => tests.every((test) => test(touch))).map(([id]) => id);
};
