// A floor under the quality on labelled names, for the half the weights were fitted on and the half they never saw.
import { describe, expect, it } from 'vitest';
import { blocksOf } from '../../../lib/domain/account-matching/blocks.ts';
import { matchCompany } from '../../../lib/domain/account-matching/match-company.ts';
import { policyOf } from '../../../lib/domain/account-matching/policy.ts';
import { amongStrangers } from '../../bench/matching/among-strangers.ts';
import { filers, type LabelledSet, organisations } from '../../bench/matching/labelled.ts';
import { qualityOf } from '../../bench/matching/quality.ts';

const everything = policyOf(0);
const asked = policyOf(0.95);

const measure = ({ accounts, leads }: LabelledSet, half: 'dev' | 'test') => {
  const blocks = blocksOf(accounts);
  const those = leads.filter((lead) => lead.half === half);
  const answers = (policy: typeof asked) =>
    those.map(({ company, country }) => {
      const { accountId, score } = matchCompany({ company, country: country || undefined }, blocks, policy);
      return { accountId, score };
    });
  const sure = answers(asked);
  const given = those
    .map((lead, at) => ({ lead, answer: sure[at]! }))
    .filter(({ answer }) => answer.accountId !== undefined);
  const right = given.filter(({ lead, answer }) => answer.accountId === lead.expected).length;
  return { ...qualityOf(those, answers(everything)), precisionAsked: right / given.length };
};

describe('of labelled names', { timeout: 120_000 }, () => {
  it.each(['dev', 'test'] as const)('organisations are found, %s half', (half) => {
    const { f1, recallAtP95, precisionAsked } = measure(organisations(), half);
    expect(f1).toBeGreaterThan(0.72);
    expect(recallAtP95).toBeGreaterThan(0.55);
    expect(precisionAsked).toBeGreaterThan(0.945);
  });

  it.each([
    { half: 'dev', crms: 20, size: 50 },
    { half: 'test', crms: 20, size: 50 },
    { half: 'test', crms: 10, size: 200 },
  ] as const)('strangers are seldom taken for customers, $half half, CRMs of $size', ({ half, ...drawn }) => {
    const { precision, recall } = amongStrangers(organisations(), half, drawn, asked);
    expect(precision).toBeGreaterThan(0.95);
    expect(recall).toBeGreaterThan(0.54);
  });

  it.each(['dev', 'test'] as const)('filers are found, %s half', (half) => {
    const { f1, precisionAsked } = measure(filers(), half);
    expect(f1).toBeGreaterThan(0.985);
    expect(precisionAsked).toBeGreaterThan(0.99);
  });
});
