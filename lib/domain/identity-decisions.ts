// What people decided of identities: that two are one person, or that they are not. Each identity keeps, of every other it was
// decided on, the last decision by its time; whose anything is follows from those alone, in any order of the news.
import type { IdentityDecided } from '../../events/identity-decided.v1.ts';
import { isPerson } from './ids.ts';

export interface Decision {
  decision: IdentityDecided['decision'];
  at: string;
  by: string;
  why: string;
  /** The line that said so. */
  lineId: string;
  /** Of both the one named first: where two people are merged, the one who stays. */
  first: string;
}

/** A decision as one of both hears it. */
export interface DecidedOn {
  other: string;
  decision: Decision;
}

/** By the id of the other. */
export type Decisions = Record<string, Decision>;

const rank = (decision: Decision): string => `${decision.at} ${decision.lineId} ${JSON.stringify(decision)}`;

export const decided = (known: Decisions, other: string, heard: Decision): Decisions => {
  const before = known[other];
  return before !== undefined && rank(before) >= rank(heard) ? known : { ...known, [other]: heard };
};

export interface Decided {
  decisions?: Decisions | undefined;
  /** What follows from CRM records that were merged (`merged-records.ts`), by their ids. */
  byRecords?: Readonly<Record<string, DecidedOn>> | undefined;
}

/** What people decided, and what follows from merged records: of both the last. */
const decisionsOf = ({ decisions = {}, byRecords = {} }: Decided): Decisions =>
  Object.values(byRecords).reduce((known, { other, decision }) => decided(known, other, decision), decisions);

const ofPeople = (one: Decided, decision: Decision['decision']): [string, Decision][] =>
  Object.entries(decisionsOf(one)).filter(([other, one]) => isPerson(other) && one.decision === decision);

/** Whose a browser or CRM record was decided to be: of several the last. */
export const decidedHolder = (identity: Decided): string | undefined =>
  ofPeople(identity, 'merge').sort(([, a], [, b]) => (rank(a) > rank(b) ? -1 : 1))[0]?.[0];

/** Whose it was decided not to be. */
export const isSeparated = ({ decisions = {} }: Decided, leadId: string): boolean =>
  decisions[leadId]?.decision === 'separate';

/** As many people decided to be one are a mistake in a script: then none of them is another. What the CRM merged is not counted. */
const mostMerged = 50;

const isMerge = ({ decision }: Decision): boolean => decision === 'merge';

/** The people somebody was decided to be one with. */
export const mergedWith = (person: Decided): string[] => ofPeople(person, 'merge').map(([other]) => other);

/** Of people given with all they are merged with, those who are somebody else now: into whom. One person stays of all that are
 * merged with each other, by whatever chain: the one named first in the last of the decisions that hold. */
export const survivorsOf = (people: ReadonlyMap<string, Decided>): Map<string, string> => {
  const survivors = new Map<string, string>();
  const seen = new Set<string>();
  for (const start of people.keys()) {
    if (seen.has(start)) continue;
    const group = [start];
    let last: Decision | undefined;
    seen.add(start);
    for (const one of group) {
      for (const [other, decision] of ofPeople(people.get(one)!, 'merge')) {
        // A decision that only one of both has heard is still on its way.
        if (decisionsOf(people.get(other) ?? {})[one]?.lineId !== decision.lineId) continue;
        if (last === undefined || rank(decision) > rank(last)) last = decision;
        if (seen.has(other)) continue;
        seen.add(other);
        group.push(other);
      }
    }
    const byHand = group.filter((one) => Object.values(people.get(one)!.decisions ?? {}).some(isMerge));
    if (last === undefined || byHand.length > mostMerged) continue;
    for (const one of group) if (one !== last.first) survivors.set(one, last.first);
  }
  return survivors;
};
