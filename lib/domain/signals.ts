// Which signals of the playbook a touch feeds. One touch may feed several.
import type { TouchCaptured } from '../../events/touch-captured.v1.ts';
import type { Playbook, SignalMatch } from './playbook/playbook.ts';

type Test = (touch: TouchCaptured) => boolean;

/** `*` stands for any run of characters; the whole text must match, whatever the case. Each piece is looked for once, from
 * where the last one ended: as a regular expression three stars took 22 s over a URL of 2,000 letters. */
const pattern = (glob: string): ((text: string) => boolean) => {
  const [start = '', ...pieces] = glob.toLowerCase().split('*');
  const end = pieces.pop();
  return (text) => {
    const lower = text.toLowerCase();
    if (end === undefined) return lower === start;
    if (!lower.startsWith(start)) return false;
    let from = start.length;
    for (const piece of pieces) {
      const found = lower.indexOf(piece, from);
      if (found === -1) return false;
      from = found + piece.length;
    }
    return lower.length - from >= end.length && lower.endsWith(end);
  };
};

/** A tracked page view is kind `page`; a form is a touch on a page too, but counts as the form it is. */
const testsOf = (match: SignalMatch): Test[] => {
  const tests: Test[] = [];
  const { kind, form, answer, url, event, campaign, topic, minimumDwellSeconds } = match;
  if (kind !== undefined) tests.push((touch) => touch.kind === kind);
  if (form !== undefined) tests.push((touch) => touch.form?.id === form);
  if (answer !== undefined) tests.push((touch) => touch.form?.answers[answer.field] === answer.is);
  if (url !== undefined) {
    const matches = pattern(url);
    tests.push((touch) => touch.kind === 'page' && touch.page?.url !== undefined && matches(touch.page.url));
  }
  if (event !== undefined) {
    const matches = pattern(event);
    tests.push((touch) => touch.event !== undefined && matches(touch.event));
  }
  if (campaign !== undefined) {
    const matches = pattern(campaign);
    tests.push((touch) => touch.campaign !== undefined && matches(touch.campaign));
  }
  if (topic !== undefined) {
    const matches = pattern(topic);
    tests.push((touch) => touch.page?.topic !== undefined && matches(touch.page.topic));
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
