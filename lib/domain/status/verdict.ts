// What every judgement on a status is made of: the status, why, and the facts it rests on, so that nobody has to believe it.
import type { AccountStatus, LeadStatus } from './statuses.ts';

/** A fact that a status rests on. */
export interface Ground {
  /** `set`: somebody set it in the CRM. `visitors`: unknown ones, from the account's network. */
  kind: 'set' | 'lead' | 'touch' | 'activity' | 'opportunity' | 'contract' | 'visitors';
  /** Of leads, opportunities and contracts, as we have them. */
  id?: string;
  /** What people call it: somebody's name, a stage, what was done. */
  name?: string;
  /** Since when it is so, or when it was. ISO. */
  at?: string;
  /** Of a contract; absent: until further notice. */
  until?: string;
}

/** A stage of the tenant's own, which says more exactly what the status means there. */
export interface OwnStage {
  name: string;
  label: string;
}

interface Verdict<Status> {
  status: Status;
  /** One or two sentences. */
  reason: string;
  /** Absent where nothing is known that it could rest on. */
  rests?: Ground[];
  stage?: OwnStage;
}

export interface LeadVerdict extends Verdict<LeadStatus> {
  /** When the touch happened that a seller has to answer; also set while it is being worked. */
  qualifiedAt?: string;
  /** The first thing sales did about it. */
  followedUpAt?: string;
  /** When sales decided what made the status, as far as it has said when. */
  decidedAt?: string;
}

export type AccountVerdict = Verdict<AccountStatus>;

/** Enough to follow a decision up; what is counted beyond is in the reason. */
const mostGrounds = 5;

/** Only what is said of it, so that equal verdicts are equal documents. */
export const ground = (kind: Ground['kind'], about: { [Key in keyof Ground]?: Ground[Key] | undefined }): Ground => ({
  kind,
  ...Object.fromEntries(Object.entries(about).filter(([, value]) => value !== undefined && value !== '')),
});

export const resting = (grounds: readonly Ground[]): { rests?: Ground[] } =>
  grounds.length === 0 ? {} : { rests: grounds.slice(0, mostGrounds) };
