// From the touches of one day to its counts: what each was about, whether it was a deed, and which signals it feeds.
import { createHash } from 'node:crypto';
import type { TouchCaptured } from '../../../events/touch-captured.v1.ts';
import { dayMilliseconds } from '../days.ts';
import { remembered } from '../phrases.ts';
import type { Playbook } from '../playbook/playbook.ts';
import { matchedSignals } from '../signals.ts';
import { anyTouch, contentCharacters, type DayCount, type DayFacts, rest, unionOfDay } from './counts.ts';

const withoutQuery = (url: string): string =>
  url
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/[?#].*$/s, '')
    .replace(/\/$/, '');

/** Tells how long somebody stayed: of the view, which is a touch of its own, as often as the tab is hidden. */
const isStay = ({ kind, page }: TouchCaptured): boolean => kind === 'event' && page?.dwellSeconds !== undefined;

/** Who they are, and how long they stayed, is heard along with what they did. Such touches feed signals and say that somebody
 * was heard of, but they are nothing somebody did: of touches in all they count as none. Otherwise whoever reads nothing but
 * careers pages would spend half of all they did on leaving them. */
const isDeed = (touch: TouchCaptured): boolean =>
  !['identify', 'group', 'alias'].includes(touch.kind) && !isStay(touch);

/** What a touch was about: its form, event or page without the query, else how it came about. A stay is about its page. */
export const contentOf = (touch: TouchCaptured): string => {
  const { form, event, page, campaign, kind } = touch;
  if (form !== undefined) return `form:${form.id}`;
  if (event !== undefined && !(isStay(touch) && page?.url !== undefined)) return `event:${event}`;
  return page?.url === undefined ? (page?.title ?? campaign ?? kind) : withoutQuery(page.url);
};

const hashed = remembered((content: string): string =>
  createHash('sha256').update(content).digest('base64url').slice(0, contentCharacters),
);

/** Counts of one day from its distinct touches. Flagged ones (bots, spam) count for nothing. Time on a page counts in whole
 * seconds: sums of fractions depend on their order. */
export const factsOfDay = (touches: readonly TouchCaptured[], playbook: Playbook): DayFacts => {
  const counts: DayFacts = {};
  for (const touch of touches) {
    if (touch.flag !== undefined) continue;
    const signals = matchedSignals(touch, playbook);
    const moment = Date.parse(touch.occurredAt);
    const at = moment % dayMilliseconds;
    const dwell = Math.round(touch.page?.dwellSeconds ?? 0);
    const content = signals.length === 0 ? undefined : hashed(contentOf(touch));
    for (const signal of [anyTouch, ...signals]) {
      const end = rest(dwell, signal === anyTouch ? undefined : content);
      const deeds = signal !== anyTouch || isDeed(touch) ? 1 : 0;
      const one: DayCount = [Math.floor(moment / dayMilliseconds), deeds, at, at, ...end];
      const known = counts[signal];
      counts[signal] = known === undefined ? one : unionOfDay(known, one);
    }
  }
  return counts;
};
