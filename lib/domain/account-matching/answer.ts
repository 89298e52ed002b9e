// What is asked about a lead's company, and what is answered.
import type { EmailKind } from '../email-kind.ts';
import type { MatchRule } from '../playbook/match-rules.ts';

/** What a person has decided of a domain or a name, and where that stands. */
export interface Decided {
  accountId: string;
  evidence: string;
}

export interface LeadCompany {
  company?: string;
  /** ISO 3166, two capitals. */
  country?: string;
  /** Of a business mail only: nobody's account has a mail provider's. */
  mailDomain?: string;
  /** What the mail is, where there is any: only to say so. */
  mailKind?: EmailKind;
  /** The account the CRM puts the person in, by our id. */
  crmAccountId?: string;
  /** The domain of the network's owner, of a company's network only. */
  networkDomain?: string;
  /** Goes before all else of the rule `domain`, of `exact-name`; no account of that id need be known. */
  decidedDomain?: Decided;
  decidedName?: Decided;
}

export interface Candidate {
  accountId: string;
  name: string;
  /** How likely it is the lead's company by its name, 0 to 1. */
  score: number;
  /** Why it is not the answer; '' for the answer. */
  rejected: string;
}

/** Another account that the company's name rather says than the one its mail leads to. */
export interface Doubt {
  accountId: string;
  name: string;
  score: number;
  why: string;
}

/** A rule that came before the answer, and why it had none. */
export interface TriedRule {
  rule: MatchRule;
  why: string;
}

export interface CompanyMatch {
  accountId?: string;
  rule: MatchRule | 'ambiguous' | 'unmatched';
  score: number;
  evidence: string;
  /** The CRM or a person named the account: no list that was looked into leads to it. */
  isNamed?: true;
  tried: TriedRule[];
  /** The answer stands, and somebody should look at it. */
  doubt?: Doubt;
  /** The five likeliest by name, the likeliest first, if names had to be looked at; the holders of a domain that several have. */
  candidates: Candidate[];
}

export type Finding = Pick<CompanyMatch, 'accountId' | 'rule' | 'score' | 'evidence' | 'isNamed'>;
