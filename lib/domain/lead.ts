// A lead as facts: identities of one person (an e-mail, a browser, a CRM record), each with a state of its own, and their
// union. Merging is union, so it can be done in any order and undone by leaving a part out.
import type { ActionCaptured } from '../../events/action-captured.v1.ts';
import type { Captured } from '../../events/catalogue.ts';
import type { CrmChangeCaptured, SalesStage } from '../../events/crm-change-captured.v1.ts';
import type { DoubtfulMail, ProfileField, ProfileFields, TouchCaptured } from '../../events/touch-captured.v1.ts';
import type { ChangeOf } from './crm-change.ts';
import { writtenEmail } from './email.ts';
import { type Facts, noFacts, unionOfFacts } from './facts/facts.ts';
import { decisionIn, type MatchDecision } from './match-decisions.ts';
import { latest, latestOfEach, type Register, type Registers } from './register.ts';
import { hearSaid, type Said } from './said.ts';
import { hearUnsubscribed, type Unsubscribed, withdrawalIn } from './unsubscribed.ts';

export interface Activity {
  id: string;
  kind: 'call' | 'email' | 'meeting' | 'other';
  at: string;
}

/** Whether they agreed to mail that they did not ask for, and to which wording. Who said nothing agreed to nothing. */
export interface Consent extends Register<boolean> {
  textVersion?: string;
}

export const consentHeard = (
  said: { marketing: boolean; textVersion?: string | undefined } | undefined,
  at: string,
  source: string,
): Consent | undefined =>
  said && { value: said.marketing, at, source, ...(said.textVersion && { textVersion: said.textVersion }) };

/** What one identity says of its person. */
export interface IdentityState {
  facts: Facts;
  profile: Registers<ProfileField>;
  consent?: Consent;
  /** By one record of a CRM's. Of whoever's it is it says their consent, if no later word does. */
  unsubscribed?: Unsubscribed;
  /** They asked that nothing be sold or shared of what they do. A browser that does not say so takes nothing back. */
  optOut?: Register<'gpc'>;
  stage?: Register<SalesStage>;
  /** The stage in the CRM's own words: the register's source is the connection that has them. */
  crmStage?: Register<string>;
  /** All that one record ever said of its stage, from which its `crmStage` follows; of no use to whoever's it is. */
  crmStages?: Said;
  ownerEmail?: Register<string>;
  /** Whom the CRM has as owner, by its own id; null: nobody. */
  ownerId?: Register<string | null>;
  /** The CRM account this person belongs to, as `<connection>:<external id>`; null: to none any more. */
  crmAccount?: Register<string | null>;
  /** What somebody decided of the account they belong to. */
  matchDecision?: Register<MatchDecision>;
  /** Whose network its last touch came from, as a registrable domain; null: nobody's (`networks.ts`). */
  network?: Register<string | null>;
  /** Sent by a form whose policy wants such mail looked at. */
  doubtfulMail?: Register<DoubtfulMail>;
  /** What sales did, newest last, at most `keptActivities`. */
  activities: Activity[];
}

/** Enough to find the first follow-up after any clock that can still be running; older ones no decision reads. */
const keptActivities = 50;

export const emptyState: IdentityState = { facts: noFacts, profile: {}, activities: [] };

/** An activity reported again at another time (a call edited later) stands there twice: what is asked of them is when sales
 * first did something, which must not depend on which report came last. */
const unionOfActivities = (a: readonly Activity[], b: readonly Activity[]): Activity[] => {
  const byReport = new Map(
    [...a, ...b].map((activity) => [`${activity.at} ${activity.id} ${activity.kind}`, activity]),
  );
  return [...byReport.entries()]
    .sort(([x], [y]) => (x < y ? -1 : 1))
    .map(([, activity]) => activity)
    .slice(-keptActivities);
};

const consentIn = ({ consent, unsubscribed }: IdentityState): Consent | undefined =>
  latest(consent, withdrawalIn(unsubscribed));

const unionOfTwo = (a: IdentityState, b: IdentityState): IdentityState => ({
  facts: unionOfFacts([a.facts, b.facts]),
  profile: latestOfEach(a.profile, b.profile),
  consent: latest(consentIn(a), consentIn(b)),
  optOut: latest(a.optOut, b.optOut),
  stage: latest(a.stage, b.stage),
  crmStage: latest(a.crmStage, b.crmStage),
  ownerEmail: latest(a.ownerEmail, b.ownerEmail),
  ownerId: latest(a.ownerId, b.ownerId),
  crmAccount: latest(a.crmAccount, b.crmAccount),
  matchDecision: latest(a.matchDecision, b.matchDecision),
  network: latest(a.network, b.network),
  doubtfulMail: latest(a.doubtfulMail, b.doubtfulMail),
  activities: unionOfActivities(a.activities, b.activities),
});

/** The person as all their identities show them. */
export const unionOfStates = (states: readonly IdentityState[]): IdentityState =>
  states.length === 1 && (states[0]!.crmStages ?? states[0]!.unsubscribed) === undefined
    ? states[0]!
    : states.reduce(unionOfTwo, emptyState);

const registersOf = (profile: ProfileFields | undefined, at: string, source: string): Registers<ProfileField> => {
  const registers: Registers<ProfileField> = {};
  for (const [field, typed] of Object.entries(profile ?? {})) {
    const value = typed.normalize('NFKC').replace(/\s+/g, ' ').trim();
    if (value !== '') registers[field as ProfileField] = { value, at, source };
  }
  return registers;
};

/** What a touch says of the person besides its facts, which come from the day's whole set. */
const hearTouch = (state: IdentityState, touch: TouchCaptured): IdentityState => {
  const { occurredAt: at, source, flag, profile, consent, optOut, doubtfulMail } = touch;
  if (flag !== undefined || (profile ?? consent ?? optOut ?? doubtfulMail) === undefined) return state;
  return {
    ...state,
    profile: latestOfEach(state.profile, registersOf(profile, at, source)),
    consent: latest(state.consent, consentHeard(consent, at, source)),
    optOut: latest(state.optOut, optOut && { value: optOut, at, source }),
    doubtfulMail: latest(state.doubtfulMail, doubtfulMail && { value: doubtfulMail, at, source }),
  };
};

const hearPerson = (state: IdentityState, line: CrmChangeCaptured, change: ChangeOf<'person'>): IdentityState => {
  const { occurredAt: at, source } = line;
  const heard = <Value>(value: Value | undefined): Register<Value> | undefined =>
    value === undefined ? undefined : { value, at, source };
  const stages = hearSaid(state.crmStages, heard(change.crmStage));
  return {
    ...state,
    profile: latestOfEach(state.profile, registersOf(change.profile, at, source)),
    consent: latest(state.consent, consentHeard(change.consent, at, source)),
    unsubscribed: hearUnsubscribed(state.unsubscribed, heard(change.unsubscribed)),
    stage: latest(state.stage, heard(change.stage)),
    crmStage: stages.now,
    ...(stages.said && { crmStages: stages.said }),
    ownerEmail: latest(
      state.ownerEmail,
      heard(change.ownerEmail === undefined ? undefined : writtenEmail(change.ownerEmail)),
    ),
    ownerId: latest(state.ownerId, heard(change.ownerExternalId)),
    crmAccount: latest(state.crmAccount, heard(change.accountExternalId && `${source}:${change.accountExternalId}`)),
  };
};

const hearActivity = (state: IdentityState, line: CrmChangeCaptured, change: ChangeOf<'activity'>): IdentityState => ({
  ...state,
  activities: unionOfActivities(state.activities, [
    { id: `${line.source}:${change.externalId}`, kind: change.kind, at: line.occurredAt },
  ]),
});

/** What a seller says they did counts as what the CRM says they did. */
const hearAction = (state: IdentityState, { id, occurredAt: at, source, action }: ActionCaptured): IdentityState => {
  if (action.does === 'follow-up') {
    return { ...state, activities: unionOfActivities(state.activities, [{ id, kind: action.how, at }]) };
  }
  if (action.does !== 'bad') return state;
  return { ...state, stage: latest(state.stage, { value: action.stage, at, source }) };
};

/** What any line says of the identity it is about, besides its facts. */
export const hearLine = (state: IdentityState, line: Captured): IdentityState => {
  if (line.type === 'touch-captured.v1') return hearTouch(state, line);
  if (line.type === 'identity-decided.v1') return state;
  if (line.type === 'match-decided.v1') {
    return { ...state, matchDecision: latest(state.matchDecision, decisionIn(line)) };
  }
  if (line.type === 'action-captured.v1') return hearAction(state, line);
  if (line.change.object === 'person') return hearPerson(state, line, line.change);
  return line.change.object === 'activity' ? hearActivity(state, line, line.change) : state;
};
