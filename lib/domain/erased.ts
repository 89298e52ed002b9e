// What stands in the place of somebody who was erased, and what of what comes after counts: what happened before is heard no more,
// however late it comes; what they do themselves afterwards begins anew.
import type { Captured } from '../../events/catalogue.ts';
import { type Facts, isEmpty } from './facts/facts.ts';

/** Ids are hashes: nothing here says who it was. */
export interface Erased {
  /** ISO. */
  at: string;
  /** All identities that were erased together. */
  with: string[];
  /** Of a person: what a CRM says of them from then on is heard, though they have not come back themselves. */
  lifted?: true;
}

/** They have done something since. */
export const isBack = ({
  own,
  parts,
}: {
  own: { facts: Facts };
  parts: Readonly<Record<string, { state?: unknown }>>;
}): boolean => !isEmpty(own.facts) || Object.values(parts).some(({ state }) => state !== undefined);

/** Of a person or a browser. What others say of a person (the CRM, sellers) counts once they have come back themselves. */
export const linesSince = ({ at }: Erased, lines: readonly Captured[], hasComeBack: boolean): Captured[] => {
  const since = lines.filter(({ occurredAt }) => occurredAt > at);
  return hasComeBack || since.some(({ type }) => type === 'touch-captured.v1') ? since : [];
};
