// Which account a lead belongs to, by which rule, on what evidence: what people decided first, then the playbook's rules, then
// the company its own mail's domain stands for.

import { type AccountFate, standsFor } from './account-fate.ts';
import type { CompanyMatch, Decided, LeadCompany } from './account-matching/answer.ts';
import type { Blocks } from './account-matching/blocks.ts';
import { matchCompany } from './account-matching/match-company.ts';
import { policyOf } from './account-matching/policy.ts';
import { accountIdOfCrm, accountIdOfDomain, soloAccountId } from './ids.ts';
import { landingOf } from './landing.ts';
import { decidedBy, type MatchDecision } from './match-decisions.ts';
import type { MatchQuestion } from './match-question.ts';
import type { MatchRule } from './playbook/match-rules.ts';
import type { Playbook } from './playbook/playbook.ts';
import type { Register } from './register.ts';
import type { ReviewReason } from './review.ts';

export interface Match {
  accountId: string;
  /** `assigned`: by a person. `mail-domain`: the mail's own domain, which no known account has. */
  rule: MatchRule | 'assigned' | 'mail-domain' | 'ambiguous' | 'unmatched';
  evidence: string;
  /** How likely it is right, 0 to 1; of answers by rule. */
  score?: number;
  /** The account that was found, where the playbook lets leads land on another of its group, or the CRM merged it into another. */
  found?: string;
}

/** A match with what else came into question. */
export interface MatchAnswer extends Pick<CompanyMatch, 'candidates' | 'tried' | 'doubt'> {
  match: Match;
  review?: ReviewReason | undefined;
}

/** What the matcher has to know besides the lists of accounts by key. */
export interface KnownAccounts extends Blocks {
  /** What people decided that a company name means to somebody in this country. */
  decidedName(text: string, country: string | undefined): Decided | undefined;
  /** The same of a registrable domain. */
  decidedDomain(domain: string): Decided | undefined;
  /** What became of an account; undefined where nobody has told of it. `named`: the lead came to it by its id, not by a list. */
  fateOf(accountId: string, by: 'named' | 'found'): AccountFate | undefined;
}

/** The account that stands for another now; the other itself once it was deleted. */
const standing = (accountId: string, by: 'named' | 'found', known: KnownAccounts): string | undefined =>
  standsFor(accountId, (id) => known.fateOf(id, id === accountId ? by : 'named'));

const crmAccountIdOf = (reference: string | undefined): string | undefined => {
  if (reference === undefined) return undefined;
  const split = reference.indexOf(':');
  return accountIdOfCrm(reference.slice(0, split), reference.slice(split + 1));
};

/** What the CRM says, as far as it still has the account. */
const crmAccountOf = (reference: string | undefined, known: KnownAccounts): string | undefined => {
  const named = crmAccountIdOf(reference);
  return named === undefined ? undefined : standing(named, 'named', known);
};

const leadCompanyOf = (
  { crmAccount, mail, company, country, network }: MatchQuestion,
  known: KnownAccounts,
): LeadCompany => ({
  ...{ crmAccountId: crmAccountOf(crmAccount, known), company, country, mailKind: mail?.kind, networkDomain: network },
  mailDomain: mail?.domain === undefined ? undefined : mail.host,
  // Asked for only by the rules that need it.
  get decidedDomain() {
    return mail?.domain === undefined ? undefined : known.decidedDomain(mail.domain);
  },
  get decidedName() {
    return company === undefined ? undefined : known.decidedName(company, country);
  },
});

interface Answered extends Omit<MatchAnswer, 'review'> {
  /** Several came into question, although by the mail's domain it is a company of its own. */
  isAmbiguous?: boolean;
}

/** From here on a name may well be one that is known, although no rule is sure. */
const likely = 0.4;

const reviewOf = (
  { match, candidates, doubt, isAmbiguous }: Answered,
  { decision }: MatchQuestion,
): ReviewReason | undefined => {
  if (decision?.value.decision === 'dismiss') return undefined;
  if (doubt !== undefined) return 'doubtful';
  if (isAmbiguous || match.rule === 'ambiguous') return 'ambiguous';
  if (match.rule === 'unmatched') return match.rule;
  // By its domain it is a company of its own.
  return match.rule === 'mail-domain' && (candidates[0]?.score ?? 0) >= likely ? 'ambiguous' : undefined;
};

/** Says where it was found, should the lead be elsewhere. */
const foundAt = (found: string, accountId: string): Pick<Match, 'found'> => (found === accountId ? {} : { found });

const assigned = (decision: Register<MatchDecision>, { crmAccount }: MatchQuestion, known: KnownAccounts): Answered => {
  const found = decision.value.accountId!;
  const accountId = standing(found, 'named', known) ?? found;
  const match: Match = { accountId, rule: 'assigned', evidence: decidedBy(decision), ...foundAt(found, accountId) };
  const other = crmAccountOf(crmAccount, known);
  if (other === undefined || other === accountId) return { match, tried: [], candidates: [] };
  const why = 'The CRM puts the person in another account.';
  const doubt = { accountId: other, name: crmAccount!, score: 1, why };
  return { match, tried: [], candidates: [], doubt };
};

/** A visitor nobody knows counts for the account whose network they came from; `claimant` stands for who holds that network's
 * domain. */
export const matchVisitor = (domain: string, claimant: string | undefined): Match => ({
  accountId: claimant ?? accountIdOfDomain(domain),
  rule: 'network',
  evidence: `The last visit came from the network of ${domain}.`,
});

/** What stands for a lead that no rule has an account for. */
const withoutAccount = (
  { leadId, mail, company, network }: MatchQuestion,
  { rule, evidence }: Pick<CompanyMatch, 'rule' | 'evidence'>,
  { rules }: Playbook['matching'],
): Match => {
  const isAmbiguous = rule === 'ambiguous';
  // As for those who came from there and nobody knows.
  if (mail?.domain === undefined && network !== undefined && rules.includes('network')) {
    return matchVisitor(network, undefined);
  }
  if (mail?.domain !== undefined) {
    const own = `Nobody in the CRM has ${mail.domain}.`;
    const accountId = accountIdOfDomain(mail.domain);
    return { accountId, rule: 'mail-domain', evidence: isAmbiguous ? evidence : own };
  }
  const unmatched: Match = { accountId: soloAccountId(leadId), rule: isAmbiguous ? rule : 'unmatched', evidence };
  if (company !== undefined) return unmatched;
  return { ...unmatched, evidence: mail === undefined ? 'No e-mail.' : `The mail is ${mail.kind}.` };
};

const byRules = (question: MatchQuestion, { matching }: Pick<Playbook, 'matching'>, known: KnownAccounts): Answered => {
  const policy = policyOf(matching.minimumPrecision, matching.rules, matching.sharedDomain);
  const answer = matchCompany(leadCompanyOf(question, known), known, policy);
  const { accountId: found, rule, score, candidates, tried, doubt, isNamed } = answer;
  const beside = { candidates, tried, ...(doubt && { doubt }) };
  if (found === undefined) {
    const isAmbiguous = rule === 'ambiguous';
    return { match: withoutAccount(question, answer, matching), isAmbiguous, ...beside };
  }
  if (rule === 'crm-id') {
    // Read by people, who know the account by the CRM's id.
    const named = crmAccountIdOf(question.crmAccount)!;
    const isMerged = named === found ? '' : ', which the CRM has merged into another';
    const evidence = `The CRM puts the person in account ${question.crmAccount}${isMerged}.`;
    return { match: { accountId: found, rule, evidence, score, ...foundAt(named, found) }, ...beside };
  }
  const { evidence } = answer;
  const stands = standing(found, isNamed ? 'named' : 'found', known) ?? found;
  const isMerged = (id: string): boolean => known.fateOf(id, 'found')?.mergedInto !== undefined;
  const landed = landingOf(stands, matching.lands, known, isMerged);
  const accountId = standing(landed, 'found', known) ?? landed;
  return { match: { accountId, rule, evidence, score, ...foundAt(found, accountId) }, ...beside };
};

/** Pure: the same accounts, in any order, give the same answer. */
export const matchLead = (
  question: MatchQuestion,
  playbook: Pick<Playbook, 'matching'>,
  known: KnownAccounts,
): MatchAnswer => {
  const { decision } = question;
  const isAssigned = decision?.value.decision === 'assign';
  const answer = isAssigned ? assigned(decision, question, known) : byRules(question, playbook, known);
  const { isAmbiguous: _, ...shown } = answer;
  return { ...shown, review: reviewOf(answer, question) };
};
