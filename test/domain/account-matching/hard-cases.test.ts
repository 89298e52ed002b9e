// The table of hard cases, each with the reason of its verdict: test/fixtures/matching/hard-cases.yaml.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import type { LeadCompany } from '../../../lib/domain/account-matching/answer.ts';
import { blocksOf } from '../../../lib/domain/account-matching/blocks.ts';
import type { KnownAccount } from '../../../lib/domain/account-matching/card.ts';
import { matchCompany } from '../../../lib/domain/account-matching/match-company.ts';
import { policyOf } from '../../../lib/domain/account-matching/policy.ts';
import { kindOfMail } from '../../../lib/domain/email-kind.ts';

const cases = z.record(
  z.string(),
  z.array(
    z.strictObject({
      why: z.string(),
      lead: z.strictObject({
        company: z.string().optional(),
        country: z.string().optional(),
        mail: z.email().optional(),
      }),
      policy: z.literal('review').optional(),
      accounts: z.array(z.string()).min(1),
      answer: z.string(),
      doubt: z.string().optional(),
    }),
  ),
);
type Case = z.infer<typeof cases>[string][number];

const file = join(import.meta.dirname, '../../fixtures/matching/hard-cases.yaml');
const table = cases.parse(parse(readFileSync(file, 'utf8')));

const accountOf = (row: string): KnownAccount => {
  const [id = '', name = '', country, site = '', parentId] = row.split(' |').map((part) => part.trim());
  const [domain = '', since] = site.split(' ');
  return { id, name, country, domains: [{ domain, since }], parentId };
};

const leadOf = ({ company, country, mail }: Case['lead']): LeadCompany => {
  if (mail === undefined) return { company, country };
  const host = mail.slice(mail.lastIndexOf('@') + 1);
  const mailKind = kindOfMail(host);
  return { company, country, mailKind, mailDomain: mailKind === 'business' ? host : undefined };
};

const verdictOf = (one: Case, accounts: readonly KnownAccount[]) => {
  const { accountId, rule, doubt } = matchCompany(
    leadOf(one.lead),
    blocksOf(accounts),
    policyOf(0.95, undefined, one.policy),
  );
  const answer = accountId ?? (rule === 'ambiguous' ? 'review' : 'nobody');
  return { answer, doubt: doubt?.accountId };
};

describe.each(Object.entries(table))('%s', (_, cases) => {
  it.each(cases.map((one) => [one.why, one] as const))('%s', (_why, one) => {
    const accounts = one.accounts.map(accountOf);
    const expected = { answer: one.answer, doubt: one.doubt };
    expect(verdictOf(one, accounts)).toEqual(expected);
    expect(verdictOf(one, accounts.toReversed())).toEqual(expected);
  });
});

it('there are 60 and more', () => expect(Object.values(table).flat().length).toBeGreaterThan(60));
