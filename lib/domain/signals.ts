// Which signals of the playbook a touch feeds. One touch may feed several.
import type { TouchCaptured } from '../../events/touch-captured.v1.ts';
import type { Playbook } from './playbook/playbook.ts';
import type { SignalMatch } from './playbook/signals.ts';

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

const answered = ({ field, is, contains }: NonNullable<SignalMatch['answer']>): Test => {
  const holds = contains === undefined ? () => true : pattern(`*${contains}*`);
  return ({ form }) => {
    const answer = form?.answers[field];
    return answer !== undefined && answer !== '' && (is === undefined || is.includes(answer)) && holds(answer);
  };
};

const textOf = {
  title: ({ page }) => page?.title,
  referrer: ({ page }) => page?.referrer,
  event: ({ event }) => event,
  campaign: ({ campaign }) => campaign,
  topic: ({ page }) => page?.topic,
  source: ({ source }) => source,
} as const satisfies Partial<Record<keyof SignalMatch, (touch: TouchCaptured) => string | undefined>>;

const testsOf = (match: SignalMatch): Test[] => {
  const tests: Test[] = [];
  const { kind, form, answer, url, minimumDwellSeconds } = match;
  if (kind !== undefined) tests.push((touch) => touch.kind === kind);
  if (form !== undefined) tests.push((touch) => touch.form?.id === form);
  if (answer !== undefined) tests.push(answered(answer));
  for (const [field, read] of Object.entries(textOf) as [keyof typeof textOf, (typeof textOf)[keyof typeof textOf]][]) {
    const wanted = match[field];
    if (wanted === undefined) continue;
    const matches = pattern(wanted);
    tests.push((touch) => {
      const text = read(touch);
      return text !== undefined && matches(text);
    });
  }
  if (url !== undefined) {
    const matches = pattern(url);
    // A form is a touch on a page too, but counts as the form it is. How long somebody stayed is known when they leave, which
    // is an event of its own: it counts where time is asked for, and else the view alone does.
    const kinds = minimumDwellSeconds === undefined ? ['page'] : ['page', 'event'];
    tests.push(({ kind, page }) => kinds.includes(kind) && page?.url !== undefined && matches(page.url));
  }
  if (minimumDwellSeconds !== undefined) {
    tests.push((touch) => (touch.page?.dwellSeconds ?? -1) >= minimumDwellSeconds);
  }
  return tests;
};

/** Compiled once per playbook object; playbooks are replaced, never changed in place. */
const compiled = new WeakMap<Playbook, [signal: string, anyOf: Test[][]][]>();

export const matchedSignals = (touch: TouchCaptured, playbook: Playbook): string[] => {
  let signals = compiled.get(playbook);
  if (signals === undefined) {
    signals = Object.entries(playbook.signals).map(([id, { match }]) => [id, match.map(testsOf)]);
    compiled.set(playbook, signals);
  }
  return signals
    .filter(([, anyOf]) => anyOf.some((tests) => tests.every((test) => test(touch))))
    .map(([signal]) => signal);
};
