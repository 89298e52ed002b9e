// The list of leads as CSV: one row each, for a spreadsheet.

import { type Cell, csvRow } from '../../lib/domain/csv.ts';
import { dayMilliseconds, dayNumberOf } from '../../lib/domain/days.ts';
import { anyTouch, factsUpTo, lastMomentOf } from '../../lib/domain/facts/facts.ts';
import type { JournalMember } from '../../lib/domain/journal/journal-accounts.ts';
import { nameOf } from '../../lib/domain/person-name.ts';
import { dimensions } from '../../lib/domain/playbook/dimensions.ts';
import { dimensionsOf } from '../../lib/domain/scoring/score-lead.ts';
import type { ScoredAccount, ScoredLead, Scoring } from './score-journal.ts';

const listed = (values: readonly string[] | undefined): string => (values ?? []).join('; ');

/** Touches of days to come, which clients with a wrong clock send, are not scored either. */
const lastTouchOf = ({ state: { facts } }: JournalMember, asOf: string): string | undefined => {
  const last = lastMomentOf(facts, anyTouch);
  if (last === undefined || Date.parse(last) < (dayNumberOf(asOf) + 1) * dayMilliseconds) return last;
  return lastMomentOf(factsUpTo(facts, dayNumberOf(asOf)), anyTouch);
};

type Row = { account: ScoredAccount; asOf: string; dimensions: ReturnType<typeof dimensionsOf> } & ScoredLead;

const columns: Record<string, (row: Row) => Cell> = {
  id: ({ member }) => member.leadId,
  email: ({ member }) => member.email,
  name: ({ member }) => (nameOf(member) === member.email ? '' : nameOf(member)),
  accountId: ({ account }) => account.group.accountId,
  account: ({ account: { assessment } }) => assessment.name ?? assessment.domain,
  model: ({ assessment }) => assessment.model.id,
  version: ({ assessment }) => assessment.model.version,
  grade: ({ assessment }) => assessment.grade,
  level: ({ assessment }) => assessment.level,
  score: ({ assessment }) => assessment.score,
  scoreBeforeSuppression: ({ assessment }) => assessment.suppressed?.before ?? assessment.score,
  fitPoints: ({ assessment }) => assessment.fitPoints,
  personFit: ({ assessment }) => assessment.personFit,
  companyFit: ({ assessment }) => assessment.companyFit,
  ...Object.fromEntries(dimensions.map((name) => [name, ({ dimensions }: Row) => dimensions[name]])),
  status: ({ assessment }) => assessment.status,
  reason: ({ assessment }) => assessment.reason,
  qualifiedAt: ({ assessment }) => assessment.qualifiedAt,
  suppressed: ({ assessment }) => listed(assessment.suppressed?.rules.map(({ label }) => label)),
  standsOut: ({ assessment }) => listed(assessment.standsOut?.map((one) => `${one.dimension} ${one.points}`)),
  personas: ({ assessment }) => listed(assessment.personas),
  productLines: ({ assessment }) => listed(assessment.productLines),
  lastTouch: ({ member, asOf }) => lastTouchOf(member, asOf),
};

/** The head, then a row for each lead, in the order of account and lead ids. */
export function* leadList({ accounts, asOf }: Scoring): Generator<string> {
  yield csvRow(Object.keys(columns));
  const cells = Object.values(columns);
  for (const account of accounts()) {
    for (const lead of account.leads) {
      const row = { ...lead, account, asOf, dimensions: dimensionsOf(lead.assessment.parts) };
      yield csvRow(cells.map((cell) => cell(row)));
    }
  }
}
