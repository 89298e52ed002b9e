// Who has a lead, since when and why: with the rules that were tried, who was passed over, and those who had it before.

export interface Owner {
  email: string;
  name: string;
}

/** Something that might have decided whose the lead is. */
export interface RoutingStep {
  /** A rule's name, or what comes without any: `account owner`, `account rep`, `default pool`. */
  tried: string;
  held: boolean;
  /** One sentence. */
  why: string;
  /** Of a pool: whose turn would have come before. */
  passedOver?: { email: string; why: string }[];
}

/** Nobody was available. `until`: when somebody may be, as far as a calendar tells. */
export interface Waiting {
  since: string;
  until?: string | undefined;
  pool: string;
  reason: string;
  /** Since then nobody needs to be found any more. */
  over?: string | undefined;
}

/** Somebody who had the lead, until then, and why they have it no more. */
export interface PastAssignment {
  assignmentId: string;
  owner: Owner;
  at: string;
  until: string;
  why: string;
  /** Who took it from them: an e-mail address. Absent: Muster did. */
  by?: string | undefined;
  /** They did nothing about it in time. */
  overdue?: true | undefined;
}

interface Turn {
  /** Counts from 1 as long as the lead is known: a reassignment is another. */
  turn: number;
  /** `<generation>.<turn>`, of the generation in which the owner got it. */
  assignmentId: string;
  /** The lead-qualified event that was answered last. */
  generation: string;
  /** When the touch happened that made the lead qualify. */
  qualifiedAt: string;
  /** When the owner got it, or it began to wait. ISO. */
  at: string;
  /** One sentence. */
  reason: string;
  rule?: string | undefined;
  role?: 'sdr' | 'ae' | undefined;
  pool?: string | undefined;
  explanation: RoutingStep[];
  /** Counts among the open leads of its owner. */
  open?: true | undefined;
  /** Newest last. */
  history: PastAssignment[];
  /** What somebody last had done about whose it is: an older action that comes late changes nothing. */
  acted?: { at: string; lineId: string } | undefined;
  /** The account from which it came along with its lead. */
  cameFrom?: string | undefined;
  /** The account to which it went along with its lead. */
  movedTo?: string | undefined;
}

export type Assignment = Turn & ({ owner: Owner; waiting?: undefined } | { owner?: undefined; waiting: Waiting });

export const assignmentIdOf = (generation: string, turn: number): string => `${generation}.${turn}`;
