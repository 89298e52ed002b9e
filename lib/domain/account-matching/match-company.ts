// Which account a lead belongs to: the playbook's rules in their order, the first that is sure. An answer says why, and why not
// the others; of two accounts alike it is neither, unless one is the other's parent.

import type { MatchRule } from '../playbook/match-rules.ts';
import type { Candidate, CompanyMatch, Doubt, Finding, LeadCompany, TriedRule } from './answer.ts';
import type { Blocks } from './blocks.ts';
import { findByDomain, findSubsidiary, type Holder } from './domain-rules.ts';
import { doubtOf, isUnlike } from './doubt.ts';
import { type LeadView, viewOf } from './lead-view.ts';
import { byName, unanswered } from './name-rules.ts';
import type { MatchPolicy } from './policy.ts';
import { type Ranked, rankByName } from './ranking.ts';
import { rejection } from './wording.ts';

/** No labelled mail addresses exist to fit these to: taken from how seldom a registered domain changes hands. */
const certainty = { domain: 0.99, 'subsidiary-domain': 0.96, network: 0.8 } as const;
const shown = 5;

/** A lead while it is matched. What is costly is done when it is first asked for, and once. */
interface Inquiry {
  lead: LeadCompany;
  blocks: Blocks;
  policy: MatchPolicy;
  view: () => LeadView;
  /** Reads lists by name: only rules that need names may ask. */
  ranking: () => readonly Ranked[];
}

interface Answer {
  finding: Finding;
  doubt?: Doubt;
  holders?: readonly Holder[];
}
/** An answer, or why there is none; with it one to look at, should no later rule answer. */
type Outcome = Answer | { why: string; suspicion?: Answer };

const lazily = <Value>(make: () => Value): (() => Value) => {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

const decided = (rule: MatchRule, { accountId, evidence }: { accountId: string; evidence: string }): Answer => ({
  finding: { accountId, rule, score: 1, evidence, isNamed: true },
});

const mailIs = { freemail: 'The mail is personal.', disposable: 'The mail is disposable.', business: '' } as const;
const noMailDomain = ({ mailKind = 'business' }: LeadCompany): { why: string } => ({
  why: mailIs[mailKind] || 'There is no business mail.',
});

const byDomain = (rule: keyof typeof certainty, domain: string, inquiry: Inquiry): Outcome => {
  const { blocks, policy, view, ranking } = inquiry;
  const found =
    rule === 'subsidiary-domain'
      ? findSubsidiary(domain, view, blocks)
      : findByDomain(domain, rule === 'domain' ? 'mail' : 'network', { ...policy, view, blocks });
  if ('card' in found) {
    const { card, evidence, holders } = found;
    // Visitors share networks with neighbours, hosts and friends: what they say themselves goes before.
    if (rule === 'network' && isUnlike(card, view()))
      return { why: `The visit is from the network of "${card.name}", but the company stated is another.` };
    const doubt = inquiry.lead.company ? doubtOf(card, view(), ranking, policy.least, blocks) : undefined;
    return { finding: { accountId: card.id, rule, score: certainty[rule], evidence }, doubt, holders };
  }
  // A network that several share says too little to ask somebody about.
  if (found.undecided === undefined || rule === 'network') return { why: found.why };
  const score = found.undecided[0]!.score;
  const suspicion: Answer = { finding: { rule: 'ambiguous', score, evidence: found.why }, holders: found.undecided };
  return rule === 'subsidiary-domain' ? { why: found.why, suspicion } : suspicion;
};

const applyRule = (rule: MatchRule, inquiry: Inquiry): Outcome => {
  const { lead } = inquiry;
  switch (rule) {
    case 'crm-id':
      return lead.crmAccountId === undefined
        ? { why: 'No CRM record puts the person in an account.' }
        : decided(rule, {
            accountId: lead.crmAccountId,
            evidence: `The CRM puts the person in ${lead.crmAccountId}.`,
          });
    case 'domain':
      if (lead.decidedDomain !== undefined) return decided(rule, lead.decidedDomain);
      return lead.mailDomain ? byDomain(rule, lead.mailDomain, inquiry) : noMailDomain(lead);
    case 'subsidiary-domain':
      return lead.mailDomain ? byDomain(rule, lead.mailDomain, inquiry) : noMailDomain(lead);
    case 'exact-name':
      if (lead.decidedName !== undefined) return decided(rule, lead.decidedName);
      return byName(rule, inquiry);
    case 'fuzzy-name':
      return byName(rule, inquiry);
    case 'network':
      return lead.networkDomain
        ? byDomain(rule, lead.networkDomain, inquiry)
        : { why: 'No visit came from a network of a company.' };
  }
};

const candidatesOf = (ranked: readonly Ranked[], { accountId, rule }: Finding, view: LeadView): Candidate[] => {
  const winner = ranked.find(({ standing }) => standing.one.card.id === accountId)?.standing;
  return ranked.slice(0, shown).map(({ standing, score }) => {
    const { id, name } = standing.one.card;
    const isByName = accountId === undefined || rule === 'exact-name' || rule === 'fuzzy-name';
    const rejected = isByName ? rejection(standing, view, winner) : `the rule ${rule} answers first`;
    return { accountId: id, name, score, rejected: standing === winner ? '' : rejected };
  });
};

/** Decides by the first rule of the policy that is sure. Pure: the same accounts in any order give the same answer. By name it asks
 * for keys among `lookupKeys` of the company only, and only where a rule needs names. */
export const matchCompany = (lead: LeadCompany, blocks: Blocks, policy: MatchPolicy): CompanyMatch => {
  const view = lazily(() => viewOf(lead.company ?? '', lead.country));
  let ranked: readonly Ranked[] = [];
  const ranking = lazily(() => {
    ranked = rankByName(view(), blocks);
    return ranked;
  });
  const tried: TriedRule[] = [];
  let answer: Answer | undefined;
  let suspicion: Answer | undefined;
  for (const rule of policy.rules) {
    const outcome = applyRule(rule, { lead, blocks, policy, view, ranking });
    if ('finding' in outcome) {
      answer = outcome;
      break;
    }
    tried.push({ rule, why: outcome.why });
    suspicion ??= outcome.suspicion;
  }
  const { finding, doubt, holders } = answer ?? suspicion ?? { finding: unanswered(ranked, lead, policy, tried) };
  const candidates =
    holders?.slice(0, shown).map(({ card, score, rejected }) => ({
      ...{ accountId: card.id, name: card.name, score, rejected },
    })) ?? candidatesOf(ranked, finding, view());
  return { ...finding, tried, ...(doubt && { doubt }), candidates };
};
