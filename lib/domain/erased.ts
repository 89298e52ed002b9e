// What stands in the place of somebody who was erased, and what of what comes after counts: what happened before is heard no more,
// however late it comes; what they do themselves afterwards begins anew.
import type { Captured } from '../../events/catalogue.ts';

/** Ids are hashes: nothing here says who it was. */
export interface Erased {
  /** ISO. */
  at: string;
  /** All identities that were erased together. */
  with: string[];
}

/** Of a person or a browser. What others say of a person (the CRM, sellers) counts once they have come back themselves. */
export const linesSince = ({ at }: Erased, lines: readonly Captured[], isBack: boolean): Captured[] => {
  const since = lines.filter(({ occurredAt }) => occurredAt > at);
  return isBack || since.some(({ type }) => type === 'touch-captured.v1') ? since : [];
};
