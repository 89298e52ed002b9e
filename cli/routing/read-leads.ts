// Leads of a CSV file as rules ask for them: a column for each thing a rule can ask, all optional but the id.

import type { SimulatedLead } from '../../lib/domain/routing/simulate-routing.ts';
import { typedNumber } from '../../lib/domain/typed-number.ts';
import { CommandError } from '../command-error.ts';
import { csvRecords } from '../csv-records.ts';

export const columns = [
  'id',
  'account',
  'accountOwner',
  'opportunityOwner',
  'leadOwner',
  'accountRep',
  'grade',
  'level',
  'accountStatus',
  'country',
  'industry',
  'employees',
  'productLines',
  'personas',
  'sources',
  'signals',
] as const;
type Values = Partial<Record<(typeof columns)[number], string>>;

const listed = (text: string | undefined): string[] =>
  (text ?? '')
    .split(';')
    .map((one) => one.trim())
    .filter(Boolean);

const ownerNamed = (text: string | undefined): { email?: string } =>
  text === undefined ? {} : { email: text.toLowerCase() };

const leadOf = (values: Values): SimulatedLead => ({
  id: values.id ?? '',
  accountId: values.account,
  owners: {
    account: ownerNamed(values.accountOwner),
    opportunity: ownerNamed(values.opportunityOwner),
    lead: ownerNamed(values.leadOwner),
  },
  rep: values.accountRep === undefined ? undefined : { email: values.accountRep.toLowerCase() },
  traits: {
    grade: values.grade ?? '',
    level: values.level,
    leadStatus: 'Qualified',
    accountStatus: values.accountStatus,
    country: values.country,
    industry: values.industry,
    employees: typedNumber(values.employees ?? ''),
    productLines: listed(values.productLines),
    personas: listed(values.personas),
    sources: listed(values.sources),
    signals: listed(values.signals),
  },
});

/** In the order of the file. Throws CommandError. */
export const readLeads = async (path: string): Promise<SimulatedLead[]> => {
  const leads: SimulatedLead[] = [];
  let header: string[] | undefined;
  for await (const { record, line } of csvRecords(path)) {
    if (header === undefined) {
      header = record.map((name) => name.trim());
      const unknown = header.filter((name) => !columns.some((column) => column === name));
      if (unknown.length > 0) {
        throw new CommandError(
          `${path}:${line}: no rule asks for ${unknown.join(', ')}; columns are ${columns.join(', ')}`,
        );
      }
      if (!header.includes('id')) throw new CommandError(`${path}:${line}: the column id is missing`);
      continue;
    }
    if (record.length !== header.length) {
      throw new CommandError(`${path}:${line}: has ${record.length} columns where the first line has ${header.length}`);
    }
    const filled = header.map((name, at) => [name, record[at]!.trim()] as const).filter(([, value]) => value !== '');
    leads.push(leadOf(Object.fromEntries(filled)));
  }
  if (header === undefined) throw new CommandError(`${path}: is empty; its first line names the columns`);
  return leads;
};
