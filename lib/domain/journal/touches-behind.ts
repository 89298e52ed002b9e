// The touches behind each part of a score: what somebody did, when, and under which id it was captured.
import type { TouchCaptured } from '../../../events/touch-captured.v1.ts';
import { contentOf } from '../facts/count-day.ts';
import type { Playbook } from '../playbook/playbook.ts';
import { matchedSignals } from '../signals.ts';
import { distinctLines } from './union-of-lines.ts';

export interface TouchShown {
  id: string;
  /** When it happened, ISO. */
  at: string;
  kind: TouchCaptured['kind'];
  /** The form, event, page or campaign. */
  what: string;
}

export interface TouchesBehind {
  /** The latest first, at most ten. */
  touches: TouchShown[];
  /** How many more there are. */
  more: number;
}

const shownAtMost = 10;

const newestFirst = (a: TouchCaptured, b: TouchCaptured): number =>
  a.occurredAt === b.occurredAt ? (a.id < b.id ? -1 : 1) : a.occurredAt < b.occurredAt ? 1 : -1;

const shown = (touch: TouchCaptured): TouchShown => {
  const { id, occurredAt: at, kind } = touch;
  return { id, at, kind, what: contentOf(touch).replace(/^(form|event):/, '') };
};

/** By signal. `touches` are all deliveries of a person up to the day that is scored; flagged ones are behind nothing. */
export const touchesBehind = (touches: readonly TouchCaptured[], playbook: Playbook): Map<string, TouchesBehind> => {
  const behind = new Map<string, TouchesBehind>();
  for (const touch of distinctLines(touches).sort(newestFirst)) {
    if (touch.flag !== undefined) continue;
    for (const signal of matchedSignals(touch, playbook)) {
      const known = behind.get(signal) ?? { touches: [], more: 0 };
      if (known.touches.length < shownAtMost) known.touches.push(shown(touch));
      else known.more += 1;
      behind.set(signal, known);
    }
  }
  return behind;
};
