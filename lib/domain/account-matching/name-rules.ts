// The rules by name: an answer where one account is likely enough and nobody else nearly so; otherwise why there is none.
import type { Finding, LeadCompany, TriedRule } from './answer.ts';
import type { Blocks } from './blocks.ts';
import type { LeadView } from './lead-view.ts';
import { lacksOtherEvidence } from './other-evidence.ts';
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

const tooUnlikely = (name: string, score: number, least: number): string =>
  `The likeliest, "${name}", has ${score.toFixed(2)} where ${least.toFixed(2)} is asked for.`;

/** Letter for letter the name of one account and no other, and nothing that speaks against it: that is what the rule is for, and it
 * needs less likeness than a resemblance. */
const enoughForTheVeryName = 0.8;

const leastOf = (
  rule: 'exact-name' | 'fuzzy-name',
  { sameText, otherForm, otherCountry, namesakes }: Standing,
  least: number,
) =>
  least < 1 && rule === 'exact-name' && sameText && !otherForm && !otherCountry && namesakes === 1
    ? Math.min(least, enoughForTheVeryName)
    : least;

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
  const asked = leastOf(rule, standing, least);
  if (score < asked) return { why: tooUnlikely(name, score, asked) };
  if (rule === 'exact-name' && standing.sameWords === 0) return { why: `The likeliest, "${name}", has other words.` };
  // Whoever asks for no precision wants the likeliest.
  const lack = least > 0 ? lacksOtherEvidence(standing) : undefined;
  if (lack !== undefined) return { why: `The likeliest, "${name}", ${lack}.` };
  const rival = rivalOf(ranked);
  if (rival !== undefined) return { why: `"${name}" and "${rival.standing.one.card.name}" are nearly as likely.` };
  if (hasUnseenTwin(ranked, view(), blocks)) return { why: `More accounts than can be compared are named "${name}".` };
  return { finding: { accountId: id, rule, score, evidence: nameEvidence(standing, view()) } };
};

/** From here on a likeness that a rule held back is worth a look: whoever typed `ex-Oracle` may know somebody there. */
const likelierThanNot = 0.5;

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
  const lack = score >= Math.min(least, likelierThanNot) ? lacksOtherEvidence(standing) : undefined;
  if (lack !== undefined)
    return { rule: 'ambiguous', score, evidence: `The likeliest, "${name}", ${lack}: somebody has to look.` };
  if (score >= least) {
    const evidence = `"${name}" is likely, but no rule of the playbook may answer so.`;
    return { rule: 'unmatched', score, evidence };
  }
  return { rule: 'unmatched', score, evidence: tooUnlikely(name, score, least) };
};
