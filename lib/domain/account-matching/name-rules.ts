// The rules by name: an answer where one account is likely enough and nobody else nearly so; otherwise why there is none.
import type { Finding, LeadCompany, TriedRule } from './answer.ts';
import type { Blocks } from './blocks.ts';
import type { LeadView } from './lead-view.ts';
import type { MatchPolicy } from './policy.ts';
import { hasUnseenTwin, type Ranked, rivalOf } from './ranking.ts';
import type { Standing } from './standing.ts';
import { nameEvidence } from './wording.ts';

interface Asked {
  lead: LeadCompany;
  blocks: Blocks;
  policy: MatchPolicy;
  view: () => LeadView;
  ranking: () => readonly Ranked[];
}

/** What two rare words weigh: a name that has as much seldom comes twice in the world. People do work abroad for one company. */
const longName = 2;

/** First letters, words in another order and words of another language are those of many: each needs something beside it that says the
 * same. To first letters a country adds too little. */
const lacksOtherEvidence = (standing: Standing): string | undefined => {
  const { one, sameWords, sameCountry, otherCountry, namedCountry, parentFit } = standing;
  if (one.domain > 0.5 || one.initials > 0.5) return undefined;
  // The hospital of a university, the museum of a bank: nearly its name, and an organisation of its own.
  if (one.bodiesExtra > 0 && standing.parts === 0) return 'is another kind of organisation than one the lead names';
  if (one.lettersOnly) return 'has nothing in common but first letters';
  if (otherCountry && !namedCountry && one.shared < longName)
    return `is of ${one.card.country}, and names so short come twice in the world`;
  if (sameCountry || namedCountry || parentFit > 0.5) return undefined;
  if (sameWords && !one.ordered) return 'has the words in another order, and nothing else says that it is the one';
  return one.translated > 0.5 ? 'is of another language, and nothing else says that it is the one' : undefined;
};

const tooUnlikely = (name: string, score: number, least: number): string =>
  `The likeliest, "${name}", has ${score.toFixed(2)} where ${least.toFixed(2)} is asked for.`;

export const byName = (
  rule: 'exact-name' | 'fuzzy-name',
  { lead, blocks, policy: { least }, view, ranking }: Asked,
): { finding: Finding } | { why: string } => {
  if (!lead.company) return { why: 'No company was given.' };
  const ranked = ranking();
  const [first] = ranked;
  if (first === undefined) return { why: `No account has a word of "${lead.company}".` };
  const { standing, score } = first;
  const { id, name } = standing.one.card;
  if (score < least) return { why: tooUnlikely(name, score, least) };
  if (rule === 'exact-name' && standing.sameWords === 0) return { why: `The likeliest, "${name}", has other words.` };
  const lack = lacksOtherEvidence(standing);
  if (lack !== undefined) return { why: `The likeliest, "${name}", ${lack}.` };
  const rival = rivalOf(ranked);
  if (rival !== undefined) return { why: `"${name}" and "${rival.standing.one.card.name}" are nearly as likely.` };
  if (hasUnseenTwin(ranked, view(), blocks)) return { why: `More accounts than can be compared are named "${name}".` };
  return { finding: { accountId: id, rule, score, evidence: nameEvidence(standing, view()) } };
};

/** What is said where no rule answered: unmatched, or that somebody has to look. */
export const unanswered = (
  ranked: readonly Ranked[],
  { company, country }: LeadCompany,
  { least }: MatchPolicy,
  tried: readonly TriedRule[],
): Finding => {
  const [first, second] = ranked;
  if (first === undefined) {
    if (!company) return { rule: 'unmatched', score: 0, evidence: 'No company was given.' };
    // Of what was tried the name says most: that nobody has it, people can do something about.
    const byName = tried.findLast(({ rule }) => rule.endsWith('-name')) ?? tried.at(-1);
    return { rule: 'unmatched', score: 0, evidence: byName?.why ?? 'The playbook has no rule of matching.' };
  }
  const { score, standing } = first;
  const { name, country: theirs } = standing.one.card;
  if (second !== undefined && score < second.score * 2 && score + second.score > 0.4) {
    const evidence = `"${name}" and "${second.standing.one.card.name}" are nearly as likely: somebody has to look.`;
    return { rule: 'ambiguous', score, evidence };
  }
  // People work abroad for companies that have one account: the country alone rules nobody out who has the very name.
  if (score < least && standing.sameText && standing.otherCountry && standing.namesakes === 1) {
    const evidence = `"${name}" has the very name, but is of ${theirs} where the lead is of ${country}: somebody has to look.`;
    return { rule: 'ambiguous', score, evidence };
  }
  const lack = score >= least ? lacksOtherEvidence(standing) : undefined;
  if (lack !== undefined)
    return { rule: 'ambiguous', score, evidence: `The likeliest, "${name}", ${lack}: somebody has to look.` };
  if (score >= least) {
    const evidence = `"${name}" is likely, but no rule of the playbook may answer so.`;
    return { rule: 'unmatched', score, evidence };
  }
  return { rule: 'unmatched', score, evidence: tooUnlikely(name, score, least) };
};
