// The shape of each kind of item that keeps what is known: people, accounts, deals, and where these are filed. What fold writes.
import type { Captured } from '../../events/catalogue.ts';
import type { AccountFacts } from '../domain/account.ts';
import type { ContractFacts, Deal, OpportunityFacts } from '../domain/deals.ts';
import type { DomainClaims } from '../domain/domain-claims.ts';
import type { Erased } from '../domain/erased.ts';
import type { HeldState } from '../domain/held-states.ts';
import type { DecidedOn, Decisions } from '../domain/identity-decisions.ts';
import type { CrmRef } from '../domain/journal/subjects.ts';
import type { IdentityState } from '../domain/lead.ts';
import type { Links } from '../domain/links.ts';
import type { EmailKind } from '../domain/mail-domains.ts';
import type { Meanings } from '../domain/match-decisions.ts';
import type { Match, MatchAnswer } from '../domain/matching.ts';
import type { RecordFate } from '../domain/record-fate.ts';
import type { ReviewReason } from '../domain/review.ts';
import type { Aliases, Heir } from '../domain/visitor-names.ts';

/** What else came into question. */
export type Beside = Pick<MatchAnswer, 'candidates' | 'tried' | 'doubt'>;

export interface Matching {
  /** The question that the lead's match answers: another one is asked anew. */
  asked: string;
  /** Only where something did: with most it is six times that a rule had no answer, a sixth of their item. */
  beside?: Beside;
  /** Waiting for somebody to look at their account, since then. */
  review?: { reason: ReviewReason; since: string };
}

/** For the same change: who of those concerned, in the order of their ids, was matched again. */
interface Rematching {
  as: string;
  upTo: string;
}

interface Meant {
  meanings?: Meanings;
  /** Of which meaning everybody who asks was told. */
  told?: string;
  rematching?: Rematching | undefined;
}

export interface KnownShapes {
  lead: {
    leadId: string;
    kind: 'email' | 'visitor' | 'crm';
    /** The person's address, normalised; of identities by e-mail only. */
    email?: string;
    /** What this identity itself has shown. */
    own: IdentityState;
    /** Whom it turned out to be; of browsers and CRM records only. */
    links: Links;
    /** Other names it was seen together with; of browsers and sign-ins only. */
    aliases?: Aliases;
    signedIn?: true;
    /** Whose it is by its aliases, while nobody identified it. */
    heir?: Heir | undefined;
    /** Everyone whose it ever was by its aliases or by records it was merged with. */
    heirsBefore?: string[];
    /** Of CRM records only: what the CRM knows it by, what became of it, and the records it was ever merged with, either way. */
    record?: CrmRef;
    fate?: RecordFate;
    mergedWith?: string[];
    decisions?: Decisions;
    /** What follows for a person from CRM records that were merged, by their ids. */
    byRecords?: Record<string, DecidedOn>;
    /** The person whose other name this one was decided to be, and all who ever were that. */
    mergedInto?: string | undefined;
    mergedBefore?: string[];
    /** Of which aliases, links and decisions everyone concerned was told: `fold/settle-names.ts`. */
    settled?: string;
    /** The other identities of this person, by id, as of their item's version; without a state those that turned out to be
     * somebody else, so that older news of them cannot bring them back. */
    parts: Record<string, { version: number; records?: string[] } & Partial<HeldState>>;
    /** A person's browsers of long ago, as one: `fold/earlier-parts.ts`. */
    earlier?: { versions: Record<string, number> } & HeldState;
    match?: Match;
    matching?: Matching;
    /** Accounts it was a member of before, with its version when it left. */
    movedFrom: Record<string, number>;
    /** It was erased: this stands in its place, and with it whatever the person did themselves since. */
    erased?: Erased | undefined;
  };
  trail: { owner: string; day: string; lines?: Captured[]; packed?: string };
  member: {
    accountId: string;
    leadId: string;
    email?: string;
    emailKind?: EmailKind;
    mailDomain?: string;
    match?: Match;
    /** A visitor nobody knows, or whoever is but an id in the link of a mail, from the account's network. */
    anonymous?: true;
    /** The CRM's records of this person, by their ids. */
    records?: string[];
    /** The lead moved to another account: this only keeps older snapshots out. */
    gone?: true;
    leadVersion: number;
    state: IdentityState;
  };
  account: {
    accountId: string;
    /** What the CRM knows it by. */
    record?: CrmRef;
    facts: AccountFacts;
    /** Where it may be filed: written along with the facts, before it is filed there (`steps/matching/file-account.ts`). */
    filedUnder?: { keys: string[]; parents: string[]; mergedInto?: string[] };
    /** As what it was filed, and everyone concerned was matched again; taken away by the write that changes what that is. */
    filedAs?: string | undefined;
    /** What was filed last of its domains, and which account it was a part of. */
    lastFiled?: { domains: string; parents: string[]; fate?: string };
    rematching?: Rematching | undefined;
  };
  /** An opportunity or a contract wherever it is, and in an account, as of its own item's version; `gone` once it left it. */
  deal: { dealId: string; record: CrmRef; placedIn?: string; movedFrom: Record<string, number> } & Deal;
  opportunity: { accountId: string; dealId: string; facts: OpportunityFacts; dealVersion: number; gone?: true };
  contract: { accountId: string; dealId: string; facts: ContractFacts; dealVersion: number; gone?: true };
  /** `more`: so many accounts ever named it that it is nobody's, and no claims are kept. */
  domain: { domain: string; claims: DomainClaims; more?: true } & Meant;
  /** `filed`: in the lists of all keys it can be looked up by. */
  name: { nameId: string; text: string; filed?: true } & Meant;
  /** `text`: the name they typed, where they ask by a name. */
  'asking-lead': { leadId: string; text?: string };
  'asking-name': { nameId: string };
  'asking-deal': { dealId: string };
  /** Accounts that have the key, and those that had it, each with the version of its item that said so: a slower writer of an
   * earlier one changes nothing. Neither once there were too many, which `more` was the one to bring about. */
  block: { accounts: Record<string, number>; gone: Record<string, number>; more?: string };
  child: { accountId: string };
}
