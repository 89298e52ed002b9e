// The identities a person holds, and what they say of the person together.
//
// Of most things the latest counts, whoever said it. Not so of what a CRM says of its own record (its stage, its owner, its account) once
// it merged that record into another: people merge into the record they mean to keep, and what they had set of the other, even
// last, they gave up by that. It counts where nothing else says anything.
import { isEmpty } from './facts/facts.ts';
import { emptyState, type IdentityState, unionOfStates } from './lead.ts';
import type { RecordFate } from './record-fate.ts';

/** What the CRM says of its record. Fields that say one thing in two ways go together: of an owner the id, or the address. */
const ofTheRecord = [['stage', 'crmStage'], ['ownerEmail', 'ownerId'], ['crmAccount']] as const;
type OfTheRecord = (typeof ofTheRecord)[number][number];
type GivenUp = Pick<IdentityState, OfTheRecord>;

/** An identity of a person's, or several as one; `byMail`: theirs by the link of a mail alone. */
export interface HeldState {
  state: IdentityState;
  /** What counts only where nothing else of the person says anything: their records' that the CRM merged away. */
  soft?: GivenUp;
  byMail?: true;
}

const givenUpIn = ({ stage, crmStage, ownerEmail, ownerId, crmAccount }: GivenUp): GivenUp => ({
  ...(stage && { stage }),
  ...(crmStage && { crmStage }),
  ...(ownerEmail && { ownerEmail }),
  ...(ownerId && { ownerId }),
  ...(crmAccount && { crmAccount }),
});

const unsaid: GivenUp = {
  stage: undefined,
  crmStage: undefined,
  ownerEmail: undefined,
  ownerId: undefined,
  crmAccount: undefined,
};

/** An identity as one of a person's: a record of which that became. */
export const heldAs = (state: IdentityState, fate?: RecordFate): HeldState => {
  const soft = givenUpIn(state);
  if (!fate?.mergedInto?.value || Object.keys(soft).length === 0) return { state };
  return { state: { ...state, ...unsaid }, soft };
};

/** Several as one. */
const together = (held: readonly HeldState[]): HeldState => {
  const state = unionOfStates(held.map((one) => one.state));
  const softs = held.flatMap(({ soft }) => (soft ? [{ ...emptyState, ...soft }] : []));
  return softs.length === 0 ? { state } : { state, soft: givenUpIn(unionOfStates(softs)) };
};

/** What they say in the end. */
export const wholeState = ({ state, soft }: HeldState): IdentityState => {
  if (soft === undefined) return state;
  const open = ofTheRecord.filter((fields) => fields.every((field) => state[field] === undefined)).flat();
  const filled = open.flatMap((field) => (soft[field] === undefined ? [] : [[field, soft[field]]]));
  return { ...state, ...Object.fromEntries(filled) };
};

export const stateTogether = (held: readonly HeldState[]): IdentityState => wholeState(together(held));

/** What an item holds of a person: what their own identity has shown, and those that turned out to be them. */
interface HeldStates {
  own: IdentityState;
  parts: Readonly<Record<string, Partial<HeldState>>>;
  earlier?: HeldState;
}

const isHeld = (part: Partial<HeldState>): part is HeldState => part.state !== undefined;

export const personState = ({ own, parts, earlier }: HeldStates): { state: IdentityState; held: HeldState[] } => {
  const apart = Object.values(parts).filter(isHeld);
  const held = earlier === undefined ? apart : [...apart, earlier];
  return { state: stateTogether([{ state: own }, ...held]), held };
};

/** Somebody of whom nothing is known but flagged touches is no lead yet: no member, no account, no work for anyone. Nor is who is
 * but an id in the link of a mail somebody opened: they have no address. `held` are the identities that turned out to be them. */
export const isKnown = (own: IdentityState, held: readonly HeldState[]): boolean =>
  !isEmpty(own.facts) || own.activities.length > 0 || held.some(({ byMail }) => !byMail);

/** A person as one identity of whoever they are another name of; undefined where there is nothing of them. */
export const personHeld = (own: IdentityState, held: readonly HeldState[]): HeldState | undefined => {
  const isLead = isKnown(own, held);
  if (!isLead && held.length === 0) return undefined;
  const all = together([{ state: own }, ...held]);
  return isLead ? all : { ...all, byMail: true };
};
