// What part of the answers is right where most leads' companies are nobody's: `small-crms.ts`, by the policy given.
import { blocksOf } from '../../../lib/domain/account-matching/blocks.ts';
import { matchCompany } from '../../../lib/domain/account-matching/match-company.ts';
import type { MatchPolicy } from '../../../lib/domain/account-matching/policy.ts';
import type { LabelledLead, LabelledSet } from './labelled.ts';
import { smallCrms } from './small-crms.ts';

export interface AmongStrangers {
  asked: number;
  given: number;
  precision: number;
  /** Of the leads whose account is in the CRM. */
  recall: number;
}

export const amongStrangers = (
  set: LabelledSet,
  half: LabelledLead['half'],
  drawn: { crms: number; size: number },
  policy: MatchPolicy,
): AmongStrangers => {
  let [asked, customers, given, right] = [0, 0, 0, 0];
  for (const { accounts, leads } of smallCrms(set, half, drawn)) {
    const blocks = blocksOf(accounts);
    for (const { company, country, expected } of leads) {
      asked += 1;
      if (expected !== '') customers += 1;
      const { accountId } = matchCompany({ company, country: country || undefined }, blocks, policy);
      if (accountId === undefined) continue;
      given += 1;
      if (accountId === expected) right += 1;
    }
  }
  return { asked, given, precision: right / given, recall: right / customers };
};
