// The labelled sets, and their two halves: what is fitted is fitted on `dev`; `test` only tells how well that holds.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { KnownAccount } from '../../../lib/domain/account-matching/card.ts';

export interface LabelledLead {
  id: string;
  company: string;
  email: string;
  country: string;
  /** '' where none is right. */
  expected: string;
  kind: string;
  half: 'dev' | 'test';
}
export interface LabelledSet {
  accounts: KnownAccount[];
  leads: LabelledLead[];
}

const folder = join(import.meta.dirname, '..', '..', 'fixtures', 'matching');
const textOf = (file: string): Buffer => {
  const bytes = readFileSync(join(folder, file));
  return file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
};
const rowsOf = (file: string): Record<string, string>[] =>
  parse(textOf(file), { columns: true, skip_empty_lines: true });

const halfOf = (id: string): 'dev' | 'test' =>
  createHash('sha256').update(id).digest()[0]! % 2 === 0 ? 'dev' : 'test';

const labelled = (accountsFile: string, leadsFile: string): LabelledSet => ({
  accounts: rowsOf(accountsFile).map(({ id = '', name = '', domain = '', country, parentId }) => ({
    id,
    name,
    domains: [{ domain }],
    country,
    parentId,
  })),
  leads: rowsOf(leadsFile).map(
    ({ id = '', company = '', email = '', country = '', expectedAccountId = '', kind = '' }) => ({
      ...{ id, company, email, country, expected: expectedAccountId, kind, half: halfOf(id) },
    }),
  ),
});

export const organisations = (): LabelledSet => labelled('accounts-orgs.csv.gz', 'leads-orgs.csv');
export const filers = (): LabelledSet => labelled('accounts-sec.csv', 'leads-sp500.csv');
