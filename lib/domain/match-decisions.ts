// What people decided of matching: whose a lead is, and what a company name or a mail domain means. Each is a register: of several
// decisions the latest stands, in any order of the news.
import type { MatchDecided } from '../../events/match-decided.v1.ts';
import type { Decided } from './account-matching/answer.ts';
import { latest, type Register } from './register.ts';

/** Of a lead. */
export interface MatchDecision {
  decision: MatchDecided['decision'];
  accountId?: string;
  by: string;
  why: string;
  /** What was decided along with it, of the company's name or the mail's domain: what takes it back takes that back too. */
  remembered?: Remembered;
}
export type Remembered = Pick<MatchDecided, 'company' | 'country' | 'domain'>;

/** What is known of a lead that is decided about. */
export interface DecidedLead {
  leadId: string;
  /** What they state, as the rules read it. `mailHost`: whoever's it is. */
  company?: string | undefined;
  country?: string | undefined;
  mailHost?: string | undefined;
  /** Nobody knows who it is, while they have given no address. */
  isPerson: boolean;
  /** Of the account that was named, where one was. */
  accountIsKnown: boolean;
  /** What went with the decision that stands, as far as nobody said otherwise since. */
  remembered?: Remembered | undefined;
  /** The line this very decision came to before. Sent again with another moment, it would come after what was decided since. */
  before?: MatchDecided | undefined;
}

/** Of a name or a domain. */
export interface Meaning {
  /** ISO 3166: names only; '' in any country. */
  country: string;
  said: Register<SaidMeaning>;
}
export interface SaidMeaning {
  /** Null: what was said of it before holds no longer. */
  accountId: string | null;
  by: string;
}
/** By country. */
export type Meanings = Record<string, Register<SaidMeaning>>;

const heardFrom = ({ occurredAt: at, id: source }: MatchDecided) => ({ at, source });

export const decisionIn = (line: MatchDecided): Register<MatchDecision> => {
  const { decision, accountId, by, why } = line;
  const remembered = decision === 'assign' ? rememberedIn(line) : undefined;
  const value = { decision, ...(accountId !== undefined && { accountId }), by, why, ...(remembered && { remembered }) };
  return { value, ...heardFrom(line) };
};

const rememberedIn = ({ company, country, domain }: MatchDecided): Remembered | undefined => {
  const name = company === undefined ? {} : { company, ...(country !== undefined && { country }) };
  return company === undefined && domain === undefined
    ? undefined
    : { ...name, ...(domain !== undefined && { domain }) };
};

export const meaningIn = (line: MatchDecided): Meaning => {
  const { accountId = null, country = '', by } = line;
  return { country, said: { value: { accountId, by }, ...heardFrom(line) } };
};

export const withMeaning = (known: Meanings, { country, said }: Meaning): Meanings => ({
  ...known,
  [country]: latest(known[country], said)!,
});

const dayOf = (at: string): string => at.slice(0, 10);

/** Whose a name is where the lead says it is from `country`, as decided for that country, else for any. */
export const meantBy = (text: string, meanings: Meanings | undefined, country = ''): Decided | undefined => {
  const there = country === '' ? undefined : meanings?.[country];
  const said = there?.value.accountId ? there : meanings?.[''];
  if (!said?.value.accountId) return undefined;
  const { accountId, by } = said.value;
  return { accountId, evidence: `${by} decided on ${dayOf(said.at)} whose ${text} is.` };
};

export const decidedBy = ({ value, at }: Register<MatchDecision>): string =>
  `${value.by} decided so on ${dayOf(at)}: ${value.why}`;
