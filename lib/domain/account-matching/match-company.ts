// Which account a lead belongs to: the playbook's rules in their order, the first that is sure. An answer says why, and why not
// the others; of two accounts alike it is neither, unless one is the other's parent.

import { wholeKey } from './block-keys.ts';
import type { Blocks, Card } from './blocks.ts';
import { type Comparison, compare } from './compare.ts';
import { type DomainFinding, findByDomain, findSubsidiary } from './domain-rules.ts';
import { type LeadView, viewOf } from './lead-view.ts';
import { leastScore, likelihoods } from './likelihood.ts';
import { shortlist } from './shortlist.ts';
import { type Standing, standingsOf } from './standing.ts';
import { nameEvidence, rejection } from './wording.ts';

export const matchRules = ['crm-id', 'domain', 'subsidiary-domain', 'exact-name', 'fuzzy-name', 'network'] as const;
export type MatchRule = (typeof matchRules)[number];

export interface LeadCompany {
  company?: string;
  /** ISO 3166, two capitals. */
  country?: string;
  /** Of a business mail only: nobody's account has a mail provider's. */
  mailDomain?: string;
  /** The account the CRM puts the person in, by our id. */
  crmAccountId?: string;
  /** The domain of the network's owner, of a company's network only. */
  networkDomain?: string;
}

export interface Candidate {
  accountId: string;
  name: string;
  /** How likely it is the lead's company, 0 to 1. */
  score: number;
  /** Why it is not the answer; '' for the answer. */
  rejected: string;
}

export interface CompanyMatch {
  accountId?: string;
  rule: MatchRule | 'ambiguous' | 'unmatched';
  score: number;
  evidence: string;
  /** The five likeliest by name, the likeliest first. */
  candidates: Candidate[];
}

export interface MatchPolicy {
  rules: readonly MatchRule[];
  /** The least score of an answer by name. */
  least: number;
}

export const policyOf = (minPrecision: number, rules: readonly MatchRule[] = matchRules): MatchPolicy => ({
  rules,
  least: leastScore(minPrecision),
});

/** No labelled mail addresses exist to fit these to: taken from how seldom a registered domain changes hands. */
const certainty = { 'crm-id': 1, domain: 0.99, 'subsidiary-domain': 0.96, network: 0.8 } as const;

/** An answer must be so much likelier than the next that is not its parent or child: 1.1 to 1. */
const margin = 1.1;
const shown = 5;

interface Named {
  view: LeadView;
  ranked: { standing: Standing; score: number }[];
}

const related = (one: Card, two: Card): boolean => one.parentId === two.id || two.parentId === one.id;

const rankByName = (lead: LeadCompany, blocks: Blocks): Named => {
  const view = viewOf(lead.company ?? '', lead.country, blocks);
  if (view.words.length === 0) return { view, ranked: [] };
  const standings = standingsOf(
    shortlist(view, blocks).map((card) => compare(card, view)),
    view,
    blocks,
  );
  const scores = likelihoods(standings);
  const ranked = standings.map((standing, at) => ({ standing, score: scores[at]! }));
  // Ties by id: the order accounts were read in must not decide.
  ranked.sort((a, b) => b.score - a.score || (a.standing.one.card.id < b.standing.one.card.id ? -1 : 1));
  return { view, ranked };
};

type Finding = Omit<CompanyMatch, 'candidates'>;

/** Whether an account of the very same words was left out of the comparison, for there being too many: then nobody knows. */
const hasUnseenTwin = ({ card }: Comparison, ranked: Named['ranked'], blocks: Blocks): boolean => {
  const key = wholeKey(card.words);
  const posting = blocks.accountsOf(key);
  if (posting === undefined || posting.count < 2) return false;
  if (posting.accounts.length === 0) return true;
  const seen = new Set(ranked.map(({ standing }) => standing.one.card.id));
  return posting.accounts
    .map((account) => blocks.card(account))
    .some((other) => !seen.has(other.id) && other.country === card.country && wholeKey(other.words) === key);
};

const byName = (
  { view, ranked }: Named,
  exactOnly: boolean,
  { least }: MatchPolicy,
  blocks: Blocks,
): Finding | undefined => {
  const [first, ...others] = ranked;
  if (first === undefined || first.score < least) return undefined;
  const { standing, score } = first;
  if (exactOnly && standing.sameWords === 0) return undefined;
  const rival = others.find(({ standing: other }) => !related(other.one.card, standing.one.card));
  if (rival !== undefined && score < rival.score * margin) return undefined;
  if (hasUnseenTwin(standing.one, ranked, blocks)) return undefined;
  const rule = exactOnly ? 'exact-name' : 'fuzzy-name';
  return { accountId: standing.one.card.id, rule, score, evidence: nameEvidence(standing, view) };
};

const byDomain = (found: DomainFinding | undefined, rule: keyof typeof certainty): Finding | undefined =>
  found && { accountId: found.card.id, rule, score: certainty[rule], evidence: found.evidence };

const applyRule = (rule: MatchRule, lead: LeadCompany, blocks: Blocks, named: Named, policy: MatchPolicy) => {
  switch (rule) {
    case 'crm-id': {
      const accountId = lead.crmAccountId;
      return accountId === undefined
        ? undefined
        : { accountId, rule, score: certainty[rule], evidence: `The CRM puts the person in ${accountId}.` };
    }
    case 'domain':
      return byDomain(lead.mailDomain ? findByDomain(lead.mailDomain, 'mail', blocks, named.ranked) : undefined, rule);
    case 'subsidiary-domain':
      return byDomain(lead.mailDomain ? findSubsidiary(lead.mailDomain, blocks) : undefined, rule);
    case 'exact-name':
      return byName(named, true, policy, blocks);
    case 'fuzzy-name':
      return byName(named, false, policy, blocks);
    case 'network':
      return byDomain(
        lead.networkDomain ? findByDomain(lead.networkDomain, 'network', blocks, named.ranked) : undefined,
        rule,
      );
  }
};

const unanswered = ({ ranked }: Named, lead: LeadCompany, { least }: MatchPolicy): Finding => {
  const [first, second] = ranked;
  if (first === undefined) {
    const evidence = lead.company ? `No account has a word of "${lead.company}".` : 'No company was given.';
    return { rule: 'unmatched', score: 0, evidence };
  }
  const { score } = first;
  const like = `"${first.standing.one.card.name}"`;
  if (second !== undefined && score < second.score * 2 && score + second.score > 0.4) {
    const evidence = `${like} and "${second.standing.one.card.name}" are nearly as likely: somebody has to look.`;
    return { rule: 'ambiguous', score, evidence };
  }
  if (score >= least) {
    return { rule: 'unmatched', score, evidence: `${like} is likely, but no rule of the playbook may answer so.` };
  }
  const evidence = `The likeliest, ${like}, has ${score.toFixed(2)} where ${least.toFixed(2)} is asked for.`;
  return { rule: 'unmatched', score, evidence };
};

/** Decides by the first rule of the policy that is sure. Pure: the same accounts in any order give the same answer. */
export const matchCompany = (lead: LeadCompany, blocks: Blocks, policy: MatchPolicy): CompanyMatch => {
  const named = rankByName(lead, blocks);
  let finding: Finding | undefined;
  for (const rule of policy.rules) {
    finding = applyRule(rule, lead, blocks, named, policy);
    if (finding !== undefined) break;
  }
  finding ??= unanswered(named, lead, policy);
  const winner = named.ranked.find(({ standing }) => standing.one.card.id === finding.accountId)?.standing;
  const candidates = named.ranked.slice(0, shown).map(({ standing, score }) => ({
    accountId: standing.one.card.id,
    name: standing.one.card.name,
    score,
    rejected: standing === winner ? '' : rejection(standing, named.view, winner),
  }));
  return { ...finding, candidates };
};
